import { isUsable } from "#domain/attempt/review.ts";
import type { Result } from "#protocol/http/sitting.ts";
import { csvOf } from "./csv.ts";
import { shareOf } from "./result-order.ts";

/** Moments as ISO 8601 in UTC, so that the file means the same everywhere. */
export function resultsCsv(results: readonly Result[]): string {
  const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString());
  return csvOf(
    ["name", "status", "review", "points", "out of", "percent", "violations", "opened", "ended", "attempt"],
    results.map((result) => {
      // A number that is not to be used must not get into a list of marks by the way.
      const share = isUsable(result.review) ? shareOf(result) : null;
      return [
        result.name,
        result.status,
        result.review,
        isUsable(result.review) ? result.points : null,
        result.outOf,
        share === null ? null : Math.round(share * 1000) / 10,
        result.violations,
        iso(result.openedAt),
        iso(result.closedAt),
        result.attemptId,
      ];
    }),
  );
}
