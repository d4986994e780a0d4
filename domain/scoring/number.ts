import type { NumberItem } from "../exam/item.ts";
import type { NumberResponse } from "../exam/response.ts";
import { decimalOf, isWithin, parseTypedNumber } from "./decimal.ts";

/** The points earned: all when the number typed is within the tolerance ([S14]), else none ([S12], [S13]). */
export function scoreNumber(item: NumberItem, response: NumberResponse): number {
  const typed = parseTypedNumber(response.text);
  if (typed === null) return 0;
  return isWithin(typed, decimalOf(item.key.value), decimalOf(item.key.tolerance)) ? item.points : 0;
}
