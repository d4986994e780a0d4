import type { EpochMs } from "../integrity/signal.ts";
import type { TryVerdict } from "./account-tries.ts";

type Bucket = { readonly startedAt: EpochMs; readonly failures: number };

/** Failures from one address over all accounts, in a window that rolls on. */
export type AddressTries = readonly Bucket[];

export const addressWindowMs = 60 * 60_000;

/** Behind the address of an institution there may be hundreds of people who mistype. */
export const mostInWindow = 100;

/** How many there may be in a window that rolls on by a twelfth of itself. */
export type AddressLimit = { readonly most: number; readonly windowMs: number };

const guesses: AddressLimit = { most: mostInWindow, windowMs: addressWindowMs };

/** Asks for a try, which counts as a failure until `takenBack`. [G5] */
export function beginAt(
  tries: AddressTries,
  now: EpochMs,
  { most, windowMs }: AddressLimit = guesses,
): { readonly tries: AddressTries; readonly verdict: TryVerdict } {
  const bucketMs = windowMs / 12;
  const kept = tries.filter(({ startedAt }) => startedAt + windowMs > now);
  const [oldest] = kept;
  if (oldest !== undefined && kept.reduce((sum, { failures }) => sum + failures, 0) >= most) {
    return { tries: kept, verdict: { kind: "wait", until: oldest.startedAt + windowMs } };
  }
  const startedAt = now - (now % bucketMs);
  const newest = kept.at(-1);
  const counted =
    newest?.startedAt === startedAt
      ? [...kept.slice(0, -1), { startedAt, failures: newest.failures + 1 }]
      : [...kept, { startedAt, failures: 1 }];
  return { tries: counted, verdict: { kind: "go" } };
}

/** One try of the window was none of a stranger who guesses: it was right, or it was not looked at. */
export function takenBack(tries: AddressTries): AddressTries {
  const newest = tries.at(-1);
  if (newest === undefined) return tries;
  const rest = tries.slice(0, -1);
  return newest.failures > 1 ? [...rest, { ...newest, failures: newest.failures - 1 }] : rest;
}
