import type { ItemId, SectionId } from "#domain/exam/ids.ts";
import type { SectionTimeView } from "#domain/attempt/time-view.ts";
import type { Paper, PaperItem, PaperSection } from "#domain/exam/paper.ts";
import { isBlank } from "#domain/exam/response.ts";
import type { Work } from "./work.ts";

/** A question as the navigation shows it. `number` counts through the whole paper, from 1. */
export type QuestionMark = {
  readonly item: PaperItem;
  readonly number: number;
  readonly isAnswered: boolean;
  readonly isFlagged: boolean;
  readonly isCurrent: boolean;
};

export type SectionMarks = Pick<PaperSection, "id" | "title" | "timeLimitMs" | "itemCount"> & {
  readonly marks: readonly QuestionMark[];
  /** Null where the section has no time limit. */
  readonly time: SectionTimeView | null;
};

/** A section that is shut has no marks, and its questions are counted all the same. */
export function questionMarks(
  paper: Paper,
  work: Work,
  times: readonly SectionTimeView[] = [],
): readonly SectionMarks[] {
  const current = currentItem(paper, work.position);
  return paper.sections.map(({ items, ...section }, place) => {
    const before = paper.sections.slice(0, place).reduce((sum, { itemCount }) => sum + itemCount, 0);
    return {
      ...section,
      time: times.find(({ id }) => id === section.id) ?? null,
      marks: items.map((item, index) => ({
        item,
        number: before + index + 1,
        isAnswered: isAnswered(item.id, work),
        isFlagged: work.flagged.includes(item.id),
        isCurrent: item.id === current,
      })),
    };
  });
}

/** The paper and the times of its sections without what is over by this page's clock, as the session will have it. */
export function withoutSections(
  paper: Paper,
  times: readonly SectionTimeView[],
  up: readonly SectionId[],
): { readonly paper: Paper; readonly times: readonly SectionTimeView[] } {
  if (up.length === 0) return { paper, times };
  return {
    paper: { ...paper, sections: paper.sections.map((one) => (up.includes(one.id) ? { ...one, items: [] } : one)) },
    times: times.map((one) => (up.includes(one.id) ? { ...one, state: "over" } : one)),
  };
}

/** The question to show: where the candidate was, or the first. */
function currentItem(paper: Paper, position: ItemId | null): ItemId | null {
  const ids = paper.sections.flatMap(({ items }) => items.map(({ id }) => id));
  return position !== null && ids.includes(position) ? position : (ids[0] ?? null);
}

function isAnswered(itemId: ItemId, work: Work): boolean {
  const response = work.responses[itemId] ?? null;
  return response !== null && !isBlank(response);
}

/** All questions of the paper, those of shut sections too. */
export function questionCount(sections: readonly SectionMarks[]): number {
  return sections.reduce((sum, { itemCount }) => sum + itemCount, 0);
}

/** All questions with an answer, those of sections that are over too. */
export function answeredCount({ responses }: Pick<Work, "responses">): number {
  return Object.values(responses).filter((response) => response !== null && !isBlank(response)).length;
}

/** What a screen reader says of a question in the navigation. */
export function markWords({ number, isAnswered: answered, isFlagged }: QuestionMark): string {
  return [`Question ${number}`, answered ? "answered" : "not answered", isFlagged ? "flagged" : null]
    .filter((part) => part !== null)
    .join(", ");
}

export type HandInSummary = {
  readonly total: number;
  readonly answered: number;
  /** Sections that were never opened. */
  readonly ahead: readonly string[];
  readonly unanswered: readonly QuestionMark[];
  readonly flagged: readonly QuestionMark[];
};

/** What a candidate should see before handing in. A flagged question that is unanswered is in both lists. */
export function handInSummary(sections: readonly SectionMarks[], work: Work): HandInSummary {
  const marks = sections.flatMap((section) => section.marks);
  const unanswered = marks.filter((mark) => !mark.isAnswered);
  return {
    total: questionCount(sections),
    answered: answeredCount(work),
    ahead: sections.filter(({ time }) => time?.state === "ahead").map(({ title }) => title),
    unanswered,
    flagged: marks.filter((mark) => mark.isFlagged),
  };
}
