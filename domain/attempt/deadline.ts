import type { EpochMs } from "../integrity/signal.ts";
import type { Actor } from "./actor.ts";

/**
 * One line of the time ledger. `base` is the exam's duration, `allowance` was granted before the start, `extra` during
 * the exam, `pause` gives back what a proctor's pause took. `ms` is never negative.
 */
export type TimeEntry = {
  readonly kind: "base" | "allowance" | "extra" | "pause";
  readonly ms: number;
  readonly at: EpochMs;
  readonly by: Actor;
  readonly reason: string;
};

/** How long after the deadline an answer that was made before it is still taken, marked late. */
export const graceMs = 10_000;

/** The longest that one grant of extra time may be: a slip of the hand is refused. */
export const longestGrantMs = 4 * 60 * 60 * 1000;

/** [A30] The deadline is the opening plus the sum of the ledger. */
export function deadlineOf(openedAt: EpochMs, ledger: readonly TimeEntry[]): EpochMs {
  return ledger.reduce((sum, entry) => sum + entry.ms, openedAt);
}
