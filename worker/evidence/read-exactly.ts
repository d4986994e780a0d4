/** The whole body when it has exactly this many bytes, else null. Never holds more than that, whatever is sent. */
export async function readExactly(
  body: ReadableStream<Uint8Array> | null,
  length: number,
): Promise<Uint8Array<ArrayBuffer> | null> {
  if (body === null) return null;
  const bytes = new Uint8Array(length);
  const reader = body.getReader();
  let filled = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return filled === length ? bytes : null;
    if (filled + value.byteLength > length) {
      await reader.cancel();
      return null;
    }
    bytes.set(value, filled);
    filled += value.byteLength;
  }
}
