import { type ConsentText, consentTextCharacters } from "#domain/exam/consent-text.ts";

/** SHA-256 in lower-case hex over the UTF-8 of the text that was shown. */
export async function consentHash(text: ConsentText): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(consentTextCharacters(text)));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
