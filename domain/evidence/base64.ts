const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const wellFormed = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** RFC 4648, section 4, with padding. */
export function encodeBase64(bytes: Uint8Array): string {
  let text = "";
  for (let index = 0; index < bytes.length; index += 3) {
    const [first, second, third] = [bytes[index] ?? 0, bytes[index + 1], bytes[index + 2]];
    const bits = (first << 16) | ((second ?? 0) << 8) | (third ?? 0);
    text += letter(bits >> 18) + letter(bits >> 12);
    text += second === undefined ? "=" : letter(bits >> 6);
    text += third === undefined ? "=" : letter(bits);
  }
  return text;
}

function letter(bits: number): string {
  return alphabet.charAt(bits & 0x3f);
}

/** The bytes of RFC 4648, section 5, without padding, as a JSON Web Key has them; or null. As strict as the other. */
export function decodeBase64Url(text: string): Uint8Array | null {
  if (/[^A-Za-z0-9_-]/.test(text)) return null;
  const padding = "=".repeat((4 - (text.length % 4)) % 4);
  return decodeBase64(text.replaceAll("-", "+").replaceAll("_", "/") + padding);
}

/**
 * The bytes of RFC 4648, section 4, or null. Strict: white space, missing padding and stray bits at the end are refused,
 * so that no two texts stand for the same bytes.
 */
export function decodeBase64(text: string): Uint8Array | null {
  if (!wellFormed.test(text)) return null;
  const bytes: number[] = [];
  let bits = 0;
  let held = 0;
  for (const character of text.replace(/=+$/, "")) {
    bits = ((bits << 6) | alphabet.indexOf(character)) & 0xffff;
    held += 6;
    if (held >= 8) {
      held -= 8;
      bytes.push((bits >> held) & 0xff);
    }
  }
  const strayBits = bits & ((1 << held) - 1);
  return strayBits === 0 ? Uint8Array.from(bytes) : null;
}
