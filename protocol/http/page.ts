import * as v from "valibot";
import type { Brand } from "#domain/exam/ids.ts";
import { idField } from "./field.ts";

/**
 * What a list takes to be read page by page: `after` is the `next` of the page before, `limit` how many at most. An entry
 * that is gone meanwhile ends the walk with an empty page.
 */
export function pageEntries<Id extends Brand<string>>(most: number) {
  return {
    after: v.optional(idField<Id>()),
    limit: v.optional(
      v.pipe(v.string(), v.regex(/^\d{1,4}$/), v.transform(Number), v.minValue(1), v.maxValue(most)),
      String(most),
    ),
  };
}

/** A page of what was read with one row more than asked: those rows, and the id to go on after, null where these are the last. */
export function pageOf<Row, Id>(
  rows: readonly Row[],
  limit: number,
  idOf: (row: Row) => Id,
): { rows: Row[]; next: Id | null } {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return { rows: page, next: rows.length > limit && last !== undefined ? idOf(last) : null };
}
