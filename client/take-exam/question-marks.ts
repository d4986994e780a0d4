import type { ItemId } from "#domain/exam/ids.ts";
import type { Paper, PaperItem } from "#domain/exam/paper.ts";
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

export type SectionMarks = { readonly title: string; readonly marks: readonly QuestionMark[] };

export function questionMarks(paper: Paper, work: Work): readonly SectionMarks[] {
  const current = currentItem(paper, work.position);
  let number = 0;
  return paper.sections.map(({ title, items }) => ({
    title,
    marks: items.map((item) => ({
      item,
      number: ++number,
      isAnswered: isAnswered(item.id, work),
      isFlagged: work.flagged.includes(item.id),
      isCurrent: item.id === current,
    })),
  }));
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

/** What a screen reader says of a question in the navigation. */
export function markWords({ number, isAnswered: answered, isFlagged }: QuestionMark): string {
  return [`Question ${number}`, answered ? "answered" : "not answered", isFlagged ? "flagged" : null]
    .filter((part) => part !== null)
    .join(", ");
}

export type HandInSummary = {
  readonly total: number;
  readonly answered: number;
  readonly unanswered: readonly QuestionMark[];
  readonly flagged: readonly QuestionMark[];
};

/** What a candidate should see before handing in. A flagged question that is unanswered is in both lists. */
export function handInSummary(sections: readonly SectionMarks[]): HandInSummary {
  const marks = sections.flatMap((section) => section.marks);
  const unanswered = marks.filter((mark) => !mark.isAnswered);
  return {
    total: marks.length,
    answered: marks.length - unanswered.length,
    unanswered,
    flagged: marks.filter((mark) => mark.isFlagged),
  };
}
