import type { SingleChoiceItem } from "../exam/item.ts";
import type { SingleChoiceResponse } from "../exam/response.ts";

/** The points earned: all for the key, else none ([S9]). */
export function scoreSingleChoice(item: SingleChoiceItem, response: SingleChoiceResponse): number {
  return response.option === item.key ? item.points : 0;
}
