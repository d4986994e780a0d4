import type { ExamVersion, Section } from "./exam-version.ts";
import type { ExamId, ExamVersionId, ItemId, SectionId } from "./ids.ts";
import type { Item, Option } from "./item.ts";

type PaperItemCommon = {
  readonly id: ItemId;
  readonly prompt: string;
  readonly points: number;
  /** A type without `key` would still take an `Item`; this one does not compile with it. */
  readonly key?: never;
};

export type SingleChoicePaperItem = PaperItemCommon & {
  readonly kind: "single-choice";
  readonly options: readonly Option[];
};
export type MultipleChoicePaperItem = PaperItemCommon & {
  readonly kind: "multiple-choice";
  readonly options: readonly Option[];
};
export type NumberPaperItem = PaperItemCommon & {
  readonly kind: "number";
  readonly unit: string | null;
};
export type ShortTextPaperItem = PaperItemCommon & { readonly kind: "short-text" };

/** One question as the candidate reads it. There is no place in it for the answer key. */
export type PaperItem = SingleChoicePaperItem | MultipleChoicePaperItem | NumberPaperItem | ShortTextPaperItem;

export type PaperSection = {
  readonly id: SectionId;
  readonly title: string;
  /** The time for this section alone, or null. */
  readonly timeLimitMs: number | null;
  /** How many items it has, also while they do not lie before the candidate. */
  readonly itemCount: number;
  readonly items: readonly PaperItem[];
};

/** What lies before the candidate when the exam opens. */
export type Paper = {
  readonly id: ExamVersionId;
  readonly examId: ExamId;
  readonly number: number;
  readonly title: string;
  readonly instructions: string;
  readonly durationMs: number;
  readonly sections: readonly PaperSection[];
};

/**
 * The candidate's side of an exam version ([S6]). Every field is named here one by one, so a field that is added to
 * `Item` later stays hidden until somebody decides that a candidate may read it. Of a shut section only the items are
 * left out.
 */
export function paperOf(version: ExamVersion, isShut: (section: Section) => boolean = () => false): Paper {
  return {
    id: version.id,
    examId: version.examId,
    number: version.number,
    title: version.title,
    instructions: version.instructions,
    durationMs: version.durationMs,
    sections: version.sections.map((section) => ({
      id: section.id,
      title: section.title,
      timeLimitMs: section.timeLimitMs ?? null,
      itemCount: section.items.length,
      items: isShut(section) ? [] : section.items.map(paperItemOf),
    })),
  };
}

export function paperItemOf(item: Item): PaperItem {
  const { id, prompt, points } = item;
  switch (item.kind) {
    case "single-choice":
    case "multiple-choice":
      return { kind: item.kind, id, prompt, points, options: item.options.map(paperOptionOf) };
    case "number":
      return { kind: item.kind, id, prompt, points, unit: item.unit };
    case "short-text":
      return { kind: item.kind, id, prompt, points };
  }
}

function paperOptionOf(option: Option): Option {
  return { id: option.id, text: option.text };
}
