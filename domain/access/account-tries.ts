import type { EpochMs } from "../integrity/signal.ts";

/**
 * Where a try to sign in comes from: a browser that has signed in to this very account before, or an address at which
 * anybody may stand. What strangers do is counted apart from what known browsers do (docs/spec/sign-in.md).
 */
export type TrySource =
  | { readonly kind: "known-browser"; readonly browser: string }
  | { readonly kind: "stranger"; readonly address: string };

/** `closed`: whatever the source waits for, its kind is not heard any more until somebody has proved who they are. */
export type TryVerdict =
  | { readonly kind: "go" }
  | { readonly kind: "wait"; readonly until: EpochMs }
  | { readonly kind: "closed" };

/** Tries that were not right, one source at a time. */
type SourceTries = { readonly key: string; readonly failures: number; readonly lastAt: EpochMs };

/** What is kept of one account: failures in a row, and where they came from. */
export type AccountTries = {
  readonly strangers: number;
  readonly knownBrowsers: number;
  readonly sources: readonly SourceTries[];
};

export const noTries: AccountTries = { strangers: 0, knownBrowsers: 0, sources: [] };

/** Failures in a row on one account: together never more than the 100 of NIST SP 800-63B (3.2.2). */
const mostInARow = { strangers: 80, knownBrowsers: 20 } as const;

const freeTries = 10;
const firstLockMs = 30_000;
const longestLockMs = 60 * 60_000;
const sourceMemoryMs = 24 * 60 * 60_000;

/** How long an account's failures in a row are kept after the last of them. */
export const accountMemoryMs = 365 * 24 * 60 * 60_000;

/**
 * Asks for a try, which counts as a failure until `proven` says otherwise: of many tries at once, no more are looked at
 * than one after another. A try that is not allowed counts for nothing. [G1] [G2] [G3] [G4]
 */
export function beginTry(
  tries: AccountTries,
  source: TrySource,
  now: EpochMs,
): { readonly tries: AccountTries; readonly verdict: TryVerdict } {
  const sources = tries.sources.filter(({ lastAt }) => lastAt + sourceMemoryMs > now);
  const kept = { ...tries, sources };
  const isKnown = source.kind === "known-browser";
  const inARow = isKnown ? tries.knownBrowsers : tries.strangers;
  if (inARow >= (isKnown ? mostInARow.knownBrowsers : mostInARow.strangers)) {
    return { tries: kept, verdict: { kind: "closed" } };
  }
  const key = keyOf(source);
  const before = sources.find((one) => one.key === key);
  const until = before === undefined ? 0 : before.lastAt + lockMs(before.failures);
  if (until > now) return { tries: kept, verdict: { kind: "wait", until } };
  const counted = { key, failures: (before?.failures ?? 0) + 1, lastAt: now };
  return {
    tries: {
      strangers: tries.strangers + (isKnown ? 0 : 1),
      knownBrowsers: tries.knownBrowsers + (isKnown ? 1 : 0),
      sources: [...sources.filter((one) => one !== before), counted],
    },
    verdict: { kind: "go" },
  };
}

/** The try was right: the account's failures in a row are over. Other sources keep their own waits. [G7] */
export function proven(tries: AccountTries, source: TrySource): AccountTries {
  const key = keyOf(source);
  return { strangers: 0, knownBrowsers: 0, sources: tries.sources.filter((one) => one.key !== key) };
}

/** How long a source waits after so many failures: nothing at first, then 30 s, doubling up to an hour. */
function lockMs(failures: number): number {
  if (failures < freeTries) return 0;
  return Math.min(firstLockMs * 2 ** (failures - freeTries), longestLockMs);
}

function keyOf(source: TrySource): string {
  return source.kind === "known-browser" ? `browser ${source.browser}` : `address ${source.address}`;
}
