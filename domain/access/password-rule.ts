import { commonPasswords } from "./common-passwords.ts";

/** The fewest characters of a new password (NIST SP 800-63B, 3.1.1.2, asks for eight, and for fifteen where it stands alone). */
export const shortestPassword = 12;

const fewestDifferent = 5;

/** Why a password may not be taken as a new one; null where it may. No kind of character is asked for. [G30] [G31] */
export function faultOfPassword(password: string, email: string): "too-short" | "too-common" | null {
  // Code points, as NIST counts them: a letter of two code units is one.
  const characters = Array.from(password.normalize("NFC"));
  if (characters.length < shortestPassword) return "too-short";
  const plain = password.normalize("NFC").toLowerCase();
  if (commonPasswords.has(plain) || plain === email.toLowerCase()) return "too-common";
  return new Set(plain).size < fewestDifferent ? "too-common" : null;
}
