import type { ExamVersion } from "../exam/exam-version.ts";
import type { SectionId } from "../exam/ids.ts";
import type { EpochMs } from "../integrity/signal.ts";
import type { Actor } from "./actor.ts";
import { deadlineOf, type TimeEntry } from "./deadline.ts";
import { sectionEndsAt, sectionStateOf } from "./section.ts";
import type { Attempt, Work } from "./state.ts";

/** A line of the ledger as people read it. `name`: of a member of staff, and only to staff. */
export type TimeEntryView = Pick<TimeEntry, "kind" | "ms" | "at" | "reason"> & {
  readonly by: Actor["kind"];
  readonly name: string | null;
  readonly isWithdrawn: boolean;
};

/** A section with a time limit. It has an end while it runs, and what is left while the clock stands still. */
export type SectionTimeView = {
  readonly id: SectionId;
  readonly state: "ahead" | "running" | "over";
  readonly endsAt: EpochMs | null;
  readonly leftMs: number | null;
};

/** Either the clock runs and there is a deadline, or it stands still and there is what is left. */
export type TimeView = {
  readonly endsAt: EpochMs | null;
  readonly leftMs: number | null;
  readonly entries: readonly TimeEntryView[];
  readonly sections: readonly SectionTimeView[];
};

/** The time of an attempt whose paper was opened. Who gave it has a name only for staff. [A93] */
export function timeOf(attempt: Attempt, exam: ExamVersion, isForStaff: boolean): TimeView | null {
  if (!("work" in attempt)) return null;
  const { work } = attempt;
  const stoodStillAt = attempt.status === "open" ? null : attempt.status === "paused" ? attempt.pausedAt : attempt.at;
  const entries = work.ledger.map(({ kind, ms, at, reason, by }, place) => ({
    kind,
    ms,
    at,
    reason,
    by: by.kind,
    name: isForStaff && by.kind === "proctor" ? by.name : null,
    isWithdrawn: work.ledger.some(({ withdraws }) => withdraws === place),
  }));
  return {
    ...untilOf(deadlineOf(work.openedAt, work.ledger), stoodStillAt),
    entries,
    sections: sectionsOf(work, exam, stoodStillAt),
  };
}

/** While the clock runs there is an end; while it stands still, what was left. */
function untilOf(endsAt: EpochMs, stoodStillAt: EpochMs | null): Pick<TimeView, "endsAt" | "leftMs"> {
  return stoodStillAt === null
    ? { endsAt, leftMs: null }
    : { endsAt: null, leftMs: Math.max(0, endsAt - stoodStillAt) };
}

function sectionsOf(work: Work, exam: ExamVersion, stoodStillAt: EpochMs | null): readonly SectionTimeView[] {
  return exam.sections.flatMap((section) => {
    const state = sectionStateOf(work, section);
    if (state === "no-limit") return [];
    const endsAt = state === "running" ? sectionEndsAt(work, section) : null;
    const until = endsAt === null ? { endsAt: null, leftMs: null } : untilOf(endsAt, stoodStillAt);
    return [{ id: section.id, state, ...until }];
  });
}
