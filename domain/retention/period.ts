import type { EpochMs } from "../integrity/signal.ts";
import { type DataClass, dataClasses, keepings } from "./data-class.ts";

/** For how many days each class is kept after its time has begun. */
export type Periods = Readonly<Record<DataClass, number>>;

export const dayMs = 24 * 60 * 60 * 1000;

/** [D1] What an institution has set, and for the rest what is usual. */
export function periodsFrom(set: Partial<Periods>): Periods {
  const days = (of: DataClass) => set[of] ?? keepings[of].days;
  return {
    recordings: days("recordings"),
    snapshots: days("snapshots"),
    identity: days("identity"),
    answers: days("answers"),
    results: days("results"),
    audit: days("audit"),
  };
}

/** `names-before-answers`: a log that nobody can be told the name of would be kept for nothing. */
export type PeriodFault =
  | { readonly of: DataClass; readonly why: "too-short" | "too-long" | "no-whole-days" }
  | { readonly of: "results"; readonly why: "names-before-answers" };

/** [D2] What is wrong with these periods; none when they can be set. */
export function periodFaults(periods: Periods): readonly PeriodFault[] {
  const faults = dataClasses.flatMap((of) => lengthFaults(of, periods[of]));
  const longest = Math.max(periods.recordings, periods.snapshots, periods.identity, periods.answers);
  return periods.results < longest ? [...faults, { of: "results", why: "names-before-answers" }] : faults;
}

function lengthFaults(of: DataClass, days: number): readonly PeriodFault[] {
  const { atLeast, atMost } = keepings[of];
  if (!Number.isInteger(days)) return [{ of, why: "no-whole-days" }];
  if (days < atLeast) return [{ of, why: "too-short" }];
  return days > atMost ? [{ of, why: "too-long" }] : [];
}

/**
 * [D3] When a part of an attempt is due. `endedAt`: when the attempt was over for good, null while it goes on or its
 * result is held for review, when nothing of it is ever due.
 */
export function dueAt(of: DataClass, endedAt: EpochMs | null, periods: Periods): EpochMs | null {
  return endedAt === null ? null : endedAt + periods[of] * dayMs;
}

/** What ended at this moment or before it is due now: `dueAt` seen from the other side. [D3] */
export function lastDue(of: DataClass, periods: Periods, now: EpochMs): EpochMs {
  return now - periods[of] * dayMs;
}
