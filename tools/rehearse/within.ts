/** Something that the rehearsal waited for did not come; the message says what and how much of it. */
export class DidNotCome extends Error {}

/** Waits for all of them. Throws `DidNotCome` after `milliseconds`, with how many came until then. */
export async function allWithin<Value>(
  milliseconds: number,
  what: string,
  awaited: readonly Promise<Value>[],
): Promise<readonly Value[]> {
  let came = 0;
  for (const each of awaited) {
    void each.then(
      () => (came += 1),
      // Whoever waits for all of them is told.
      () => {},
    );
  }
  let timer: ReturnType<typeof setTimeout> | undefined;
  const end = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const seconds = Math.round(milliseconds / 1000);
      reject(new DidNotCome(`${what}: ${came} of ${awaited.length} came within ${seconds} s`));
    }, milliseconds);
  });
  try {
    return await Promise.race([Promise.all(awaited), end]);
  } finally {
    clearTimeout(timer);
  }
}
