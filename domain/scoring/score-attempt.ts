import { itemsOf } from "../exam/exam-version.ts";
import type { ExamVersion } from "../exam/exam-version.ts";
import type { ItemId } from "../exam/ids.ts";
import type { Response } from "../exam/response.ts";
import { sumOfPoints } from "./points.ts";
import { scoreItem } from "./score-item.ts";
import type { ItemScore } from "./score-item.ts";

export type CategoryScore = { readonly category: string; readonly points: number; readonly outOf: number };

/** Points have at most two decimals everywhere in it. */
export type Score = {
  readonly points: number;
  readonly outOf: number;
  /** Every item of the exam, in its order. */
  readonly items: readonly ItemScore[];
  /** In the order in which the exam first names them. */
  readonly categories: readonly CategoryScore[];
};

/** The score of an attempt's last responses ([S17] to [S20]). The same input has the same score, always and anywhere. */
export function scoreAttempt(examVersion: ExamVersion, responses: ReadonlyMap<ItemId, Response>): Score {
  const scored = itemsOf(examVersion).map((item) => ({
    category: item.category,
    score: scoreItem(item, responses.get(item.id) ?? null),
  }));
  const categories = new Set(scored.map(({ category }) => category).filter((category) => category !== null));
  const items = scored.map(({ score }) => score);
  return {
    ...totalOf(items),
    items,
    categories: [...categories].map((category) => ({
      category,
      ...totalOf(scored.filter((one) => one.category === category).map(({ score }) => score)),
    })),
  };
}

function totalOf(scores: readonly ItemScore[]): { readonly points: number; readonly outOf: number } {
  return {
    points: sumOfPoints(scores.map(({ points }) => points)),
    outOf: sumOfPoints(scores.map(({ outOf }) => outOf)),
  };
}
