import type { Result } from "#protocol/http/sitting.ts";

export const resultColumns = ["name", "status", "points", "violations", "openedAt", "closedAt"] as const;
export type ResultColumn = (typeof resultColumns)[number];
export type ResultOrder = { readonly column: ResultColumn; readonly isDescending: boolean };

/** In that order; what is not known yet stands last either way, and equals stand by name. */
export function orderResults(results: readonly Result[], { column, isDescending }: ResultOrder): readonly Result[] {
  const direction = isDescending ? -1 : 1;
  return results.toSorted((one, other) => {
    const [left, right] = [valueOf(one, column), valueOf(other, column)];
    if (left === null || right === null) return Number(left === null) - Number(right === null) || byName(one, other);
    return direction * compare(left, right) || byName(one, other);
  });
}

/** Points are compared by their share: what counts is the percentage. */
function valueOf(result: Result, column: ResultColumn): string | number | null {
  if (column === "points") return shareOf(result);
  return result[column];
}

/** From 0 to 1; null while there is no score, or nothing to earn. */
function shareOf({ points, outOf }: Pick<Result, "points" | "outOf">): number | null {
  return points === null || outOf === null || outOf === 0 ? null : points / outOf;
}

function compare(left: string | number, right: string | number): number {
  return typeof left === "number" && typeof right === "number"
    ? left - right
    : String(left).localeCompare(String(right));
}

function byName(one: Result, other: Result): number {
  return one.name.localeCompare(other.name);
}
