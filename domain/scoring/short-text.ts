import type { ShortTextItem } from "../exam/item.ts";
import type { ShortTextResponse } from "../exam/response.ts";

/** The points earned: all when the text is one of the accepted ones as [S15] and [S16] compare them, else none. */
export function scoreShortText(item: ShortTextItem, response: ShortTextResponse): number {
  const { accepted, caseSensitive } = item.key;
  const given = comparable(response.text, caseSensitive);
  return accepted.some((text) => comparable(text, caseSensitive) === given) ? item.points : 0;
}

function comparable(text: string, caseSensitive: boolean): string {
  const spaced = text.trim().replaceAll(/\s+/g, " ");
  // Not toLocaleLowerCase: a score must not depend on where it is computed. Normalised last, for lower case can take a
  // composed letter apart.
  return (caseSensitive ? spaced : spaced.toLowerCase()).normalize("NFC");
}
