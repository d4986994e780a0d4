import type { ExamVersion, Section } from "../exam/exam-version.ts";
import type { ItemId, SectionId } from "../exam/ids.ts";
import type { EpochMs } from "../integrity/signal.ts";
import { deadlineOf } from "./deadline.ts";
import type { Refusal } from "./decision.ts";
import type { AttemptFact } from "./event.ts";
import type { Work } from "./state.ts";

/** Sections that are over or ahead are shut: nothing of them can be read or answered. */
export type SectionState = "no-limit" | "ahead" | "running" | "over";

export function sectionStateOf(work: Work, section: Section): SectionState {
  if (section.timeLimitMs === undefined) return "no-limit";
  const entered = work.sections[section.id];
  if (entered === undefined) return "ahead";
  return entered.isOver ? "over" : "running";
}

/** [A112] Why nothing of a section can be read or answered now, or null when it can. */
export function whySectionIsShut(work: Work, section: Section): Refusal | null {
  switch (sectionStateOf(work, section)) {
    case "ahead":
      return "section-not-entered";
    case "over":
      return "section-over";
    case "no-limit":
    case "running":
      return null;
  }
}

/**
 * [A111] When a section that was entered is over: its limit, longer in the proportion in which allowances made the exam
 * longer, and whatever the ledger gave since; null where there is no limit, or it was not entered.
 */
export function sectionEndsAt({ ledger, sections }: Work, section: Section): EpochMs | null {
  const entered = sections[section.id];
  if (section.timeLimitMs === undefined || entered === undefined) return null;
  const base = sum(ledger.filter(({ kind }) => kind === "base"));
  const allowed = sum(ledger.filter(({ kind }) => kind === "allowance"));
  const limit = base === 0 ? section.timeLimitMs : Math.round((section.timeLimitMs * (base + allowed)) / base);
  return entered.at + limit + sum(ledger.slice(entered.entries));
}

function sum(entries: Work["ledger"]): number {
  return entries.reduce((total, { ms }) => total + ms, 0);
}

export function sectionOf(exam: ExamVersion, itemId: ItemId): Section | undefined {
  return exam.sections.find(({ items }) => items.some(({ id }) => id === itemId));
}

/** From when on an item takes no more work: the deadline, or the end of its section if that comes before. [A20] [A113] */
export function itemEndsAt(work: Work, section: Section): EpochMs {
  const deadline = deadlineOf(work.openedAt, work.ledger);
  return Math.min(deadline, sectionEndsAt(work, section) ?? deadline);
}

/** [A113] The sections whose time was up by then. */
export function endedSections(work: Work, exam: ExamVersion, now: EpochMs): readonly AttemptFact[] {
  return running(work, exam)
    .filter(({ endsAt }) => endsAt <= now)
    .map(({ sectionId }) => ({ type: "sectionEnded", sectionId }));
}

/** When the next section is over, or null when none is running. */
export function nextSectionEnd(work: Work, exam: ExamVersion): EpochMs | null {
  const ends = running(work, exam).map(({ endsAt }) => endsAt);
  return ends.length === 0 ? null : Math.min(...ends);
}

function running(
  work: Work,
  exam: ExamVersion,
): readonly { readonly sectionId: SectionId; readonly endsAt: EpochMs }[] {
  return exam.sections.flatMap((section) => {
    const endsAt = sectionStateOf(work, section) === "running" ? sectionEndsAt(work, section) : null;
    return endsAt === null ? [] : [{ sectionId: section.id, endsAt }];
  });
}
