import type { ItemKind } from "#domain/exam/item.ts";

export const itemKinds: readonly ItemKind[] = ["single-choice", "multiple-choice", "number", "short-text"];

export const itemKindWords: Readonly<Record<ItemKind, string>> = {
  "single-choice": "Single choice",
  "multiple-choice": "Multiple choice",
  number: "Number",
  "short-text": "Short text",
};
