import type { EpochMs } from "../integrity/signal.ts";
import type { Actor } from "./actor.ts";

export const timeEntryKinds = ["base", "allowance", "extra", "withdrawn", "pause", "break", "outage"] as const;
/**
 * `base` is the exam's duration, `allowance` was granted before the start, `extra` during the exam; `withdrawn` takes an
 * extra one back. `pause`, `break` and `outage` give back what a proctor's pause, a break and a lost connection took.
 */
export type TimeEntryKind = (typeof timeEntryKinds)[number];

/**
 * One line of the time ledger. `ms` is whole, and negative only where time was withdrawn; `withdraws` is then the place
 * in the ledger, from 0, of the line that it takes back.
 */
export type TimeEntry = {
  readonly kind: TimeEntryKind;
  readonly ms: number;
  readonly at: EpochMs;
  readonly by: Actor;
  readonly reason: string;
  readonly withdraws?: number;
};

/** How long after the deadline an answer that was made before it is still taken, marked late. */
export const graceMs = 10_000;

/** The longest that one grant of extra time may be: a slip of the hand is refused. */
export const longestGrantMs = 4 * 60 * 60 * 1000;

/** [A104] What is left at least after time was withdrawn, so that nobody is handed in out of the blue. */
export const leastLeftMs = 60_000;

/** [A30] The deadline is the opening plus the sum of the ledger. */
export function deadlineOf(openedAt: EpochMs, ledger: readonly TimeEntry[]): EpochMs {
  return ledger.reduce((sum, entry) => sum + entry.ms, openedAt);
}
