import type { ItemId } from "../exam/ids.ts";
import type { Item } from "../exam/item.ts";
import { isBlank, responseFits } from "../exam/response.ts";
import type { Response } from "../exam/response.ts";
import { scoreMultipleChoice } from "./multiple-choice.ts";
import { scoreNumber } from "./number.ts";
import { scoreShortText } from "./short-text.ts";
import { scoreSingleChoice } from "./single-choice.ts";

export type ItemScore = {
  readonly itemId: ItemId;
  /** From 0 to `outOf`, at most two decimals. */
  readonly points: number;
  readonly outOf: number;
  readonly answered: boolean;
};

/** The score of one item; null is no response. What is blank or does not fit the item counts as none ([S7], [S8]). */
export function scoreItem(item: Item, response: Response | null): ItemScore {
  const answered = response !== null && responseFits(item, response) && !isBlank(response);
  const points = answered ? pointsFor(item, response) : 0;
  return { itemId: item.id, points, outOf: item.points, answered };
}

function pointsFor(item: Item, response: Response): number {
  switch (item.kind) {
    case "single-choice":
      return response.kind === "single-choice" ? scoreSingleChoice(item, response) : 0;
    case "multiple-choice":
      return response.kind === "multiple-choice" ? scoreMultipleChoice(item, response) : 0;
    case "number":
      return response.kind === "number" ? scoreNumber(item, response) : 0;
    case "short-text":
      return response.kind === "short-text" ? scoreShortText(item, response) : 0;
  }
}
