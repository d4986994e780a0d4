import type { MultipleChoiceItem } from "../exam/item.ts";
import type { MultipleChoiceResponse } from "../exam/response.ts";
import { shareOfPoints } from "./points.ts";

/** The points earned: all for exactly the key ([S10]); with partial credit, the share of [S11]. */
export function scoreMultipleChoice(item: MultipleChoiceItem, response: MultipleChoiceResponse): number {
  const key = new Set(item.key);
  const marked = new Set(response.options);
  const right = [...marked].filter((option) => key.has(option)).length;
  const wrong = marked.size - right;
  if (right === key.size && wrong === 0) return item.points;
  return item.partialCredit && right > wrong ? shareOfPoints(item.points, right - wrong, key.size) : 0;
}
