import type { Item } from "./item.ts";
import type { PaperItem } from "./paper.ts";

export type SingleChoiceResponse = { readonly kind: "single-choice"; readonly option: string };
/** No options means that the candidate took every mark away again: the item counts as unanswered. */
export type MultipleChoiceResponse = {
  readonly kind: "multiple-choice";
  readonly options: readonly string[];
};
/** What was typed, letter by letter: it is read as a number only when it is scored. */
export type NumberResponse = { readonly kind: "number"; readonly text: string };
export type ShortTextResponse = { readonly kind: "short-text"; readonly text: string };

/** What a candidate gives for one item. */
export type Response = SingleChoiceResponse | MultipleChoiceResponse | NumberResponse | ShortTextResponse;

/** In UTF-16 code units, as `String.length` counts them. */
export const maxResponseTextLength = 4_000;

/** Whether the response could be given to this item at all, right or wrong ([S1] to [S4] of docs/spec/scoring.md). */
export function responseFits(item: PaperItem | Item, response: Response): boolean {
  switch (item.kind) {
    case "single-choice":
      return response.kind === "single-choice" && isOffered(item.options, response.option);
    case "multiple-choice":
      return (
        response.kind === "multiple-choice" &&
        new Set(response.options).size === response.options.length &&
        response.options.every((option) => isOffered(item.options, option))
      );
    case "number":
      return response.kind === "number" && response.text.length <= maxResponseTextLength;
    case "short-text":
      return response.kind === "short-text" && response.text.length <= maxResponseTextLength;
  }
}

/** Whether there is nothing in it: no option marked, or only white space typed ([S5]). */
export function isBlank(response: Response): boolean {
  switch (response.kind) {
    case "single-choice":
      return false;
    case "multiple-choice":
      return response.options.length === 0;
    case "number":
    case "short-text":
      return response.text.trim() === "";
  }
}

function isOffered(options: readonly { readonly id: string }[], id: string): boolean {
  return options.some((option) => option.id === id);
}
