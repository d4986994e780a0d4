import type { EpochMs } from "../integrity/signal.ts";

/** How long each code of an authenticator app lasts (RFC 6238, section 5.2, recommends this). */
export const codeSeconds = 30;

/** How long after a right password the second factor may be shown. */
export const secondStepMs = 5 * 60_000;

/** How many recovery codes a member gets at a time. */
export const recoveryCodeCount = 10;

/** The alphabet of base32 (RFC 4648, section 6): no 0, 1 or 8 that would be read as O, I or B. */
const recoveryAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const recoveryCharacters = 12;

/** What somebody typed as their second factor, as it is compared. */
export type TypedCode =
  | { readonly kind: "app"; readonly digits: string }
  | { readonly kind: "recovery"; readonly characters: string };

/** Reads a code however it was spaced, hyphenated or capitalised. Null when it can be neither kind. */
export function readCode(typed: string): TypedCode | null {
  const plain = typed.replaceAll(/[\s-]/g, "").toUpperCase();
  if (/^\d{6}$/.test(plain)) return { kind: "app", digits: plain };
  return /^[A-Z2-7]{12}$/.test(plain) ? { kind: "recovery", characters: plain } : null;
}

/** A recovery code of 60 bits, as it is shown: `ABCD-EFGH-IJKL`. `random` gives as many bytes as it is asked for. */
export function newRecoveryCode(random: (bytes: number) => Uint8Array): string {
  const characters = Array.from(random(recoveryCharacters), (byte) => recoveryAlphabet[byte % 32]).join("");
  return characters.replaceAll(/.{4}(?=.)/g, "$&-");
}

/**
 * The time step whose code was typed, or null where it is not to be taken: a code of this step, of the one before or of the
 * one after, for clocks that differ, and of none at or before `lastStep`, which was used already (RFC 6238, section 5.2).
 * `codeAt`: the code of a step. [G41] [G42]
 */
export function stepOf(
  digits: string,
  lastStep: number | null,
  now: EpochMs,
  codeAt: (step: number) => string,
): number | null {
  const current = Math.floor(now / 1000 / codeSeconds);
  const fresh = [current - 1, current, current + 1].filter((step) => lastStep === null || step > lastStep);
  return fresh.find((step) => codeAt(step) === digits) ?? null;
}
