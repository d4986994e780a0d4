import * as v from "valibot";
import type { Brand } from "#domain/exam/ids.ts";

/** A field that holds an id of one kind. What every object has already is none: things are kept in objects by their ids. */
export function idField<Id extends Brand<string>>() {
  return v.pipe(
    v.string(),
    v.regex(/^[A-Za-z0-9_-]{1,64}$/),
    v.check((text) => !(text in {})),
    v.transform((text) => text as Id),
  );
}

/** The last moment of the year 9999: later ones are no dates to most programs, and no integers to a database. */
const lastMoment = 253_402_300_799_999;

/** Milliseconds since 1970-01-01T00:00:00Z, whole. */
export const epochMs = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(lastMoment));

export const sha256Hex = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));

export function line(maxLength: number) {
  return v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(maxLength));
}

/** How many rows of a kind are taken in one request: members, candidates, items. */
export const mostRows = 5_000;
