import type { ItemId } from "./ids.ts";

/** One of the answers offered by a choice item. The id is unique within its item. */
export type Option = { readonly id: string; readonly text: string };

type ItemCommon = {
  readonly id: ItemId;
  /** Plain text; a blank line separates paragraphs. */
  readonly prompt: string;
  /** What a fully right response earns: above 0, at most two decimals. */
  readonly points: number;
  /** The heading of the score's breakdown under which this item counts; null counts under none. */
  readonly category: string | null;
};

export type SingleChoiceItem = ItemCommon & {
  readonly kind: "single-choice";
  readonly options: readonly Option[];
  readonly key: string;
};

export type MultipleChoiceItem = ItemCommon & {
  readonly kind: "multiple-choice";
  readonly options: readonly Option[];
  readonly key: readonly string[];
  readonly partialCredit: boolean;
};

export type NumberItem = ItemCommon & {
  readonly kind: "number";
  /** Shown beside the field, never typed by the candidate: `kg`, `ft`. */
  readonly unit: string | null;
  readonly key: { readonly value: number; readonly tolerance: number };
};

export type ShortTextItem = ItemCommon & {
  readonly kind: "short-text";
  readonly key: { readonly accepted: readonly string[]; readonly caseSensitive: boolean };
};

/** One question with its answer key, as authors write it and scoring reads it. A candidate gets a `PaperItem`. */
export type Item = SingleChoiceItem | MultipleChoiceItem | NumberItem | ShortTextItem;

export type ItemKind = Item["kind"];
