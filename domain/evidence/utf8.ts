const replacement = 0xfffd;

/** The text in UTF-8. A surrogate without its other half becomes U+FFFD, as the WHATWG Encoding standard has it. */
export function encodeUtf8(text: string): Uint8Array {
  return asciiOf(text) ?? encodePoints(text);
}

/** What most texts are, a byte a letter; null for those that are not. */
function asciiOf(text: string): Uint8Array | null {
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code >= 0x80) return null;
    bytes[index] = code;
  }
  return bytes;
}

function encodePoints(text: string): Uint8Array {
  const bytes: number[] = [];
  // A string's iterator walks over code points, and yields a lone surrogate as itself.
  for (const character of text) {
    const point = character.codePointAt(0) ?? replacement;
    const scalar = point >= 0xd800 && point <= 0xdfff ? replacement : point;
    if (scalar < 0x80) {
      bytes.push(scalar);
    } else if (scalar < 0x800) {
      bytes.push(0xc0 | (scalar >> 6), continuation(scalar));
    } else if (scalar < 0x10000) {
      bytes.push(0xe0 | (scalar >> 12), continuation(scalar >> 6), continuation(scalar));
    } else {
      bytes.push(0xf0 | (scalar >> 18), continuation(scalar >> 12), continuation(scalar >> 6), continuation(scalar));
    }
  }
  return Uint8Array.from(bytes);
}

function continuation(bits: number): number {
  return 0x80 | (bits & 0x3f);
}
