import { commonPasswords } from "./common-passwords.ts";

/** The fewest characters of a new password (NIST SP 800-63B, 3.1.1.2, asks for eight, and for fifteen where it stands alone). */
export const shortestPassword = 12;

const fewestDifferent = 5;

/** Words of this trade, which whoever guesses adds first. Those of an account's own address are beside them. */
const wordsOfTheTrade = ["invigil", "proctor", "invigilator", "examination", "exam", "password", "passwort", "welcome"];

/** So many characters a password has beside such words. */
const fewestOfOnesOwn = 6;

/** Why a password may not be taken as a new one; null where it may. No kind of character is asked for. [G30] [G31] */
export function faultOfPassword(password: string, email: string): "too-short" | "too-common" | null {
  // Code points, as NIST counts them: a letter of two code units is one.
  const characters = Array.from(password.normalize("NFC"));
  if (characters.length < shortestPassword) return "too-short";
  const plain = password.normalize("NFC").toLowerCase();
  if (commonPasswords.has(plain) || withoutKnownWords(plain, email).length < fewestOfOnesOwn) return "too-common";
  return new Set(plain).size < fewestDifferent ? "too-common" : null;
}

/** What is left of it that is not known of the account, letters and digits alone. */
function withoutKnownWords(plain: string, email: string): string {
  const ofAddress = email.toLowerCase().split(/[^\p{L}\p{N}]+/u);
  const known = [...ofAddress, ...wordsOfTheTrade]
    .filter((word) => word.length > 2)
    // The longest first: a word may be in another.
    .toSorted((a, b) => b.length - a.length);
  return known.reduce((left, word) => left.replaceAll(word, ""), plain).replaceAll(/[^\p{L}\p{N}]/gu, "");
}
