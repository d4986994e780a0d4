import * as v from "valibot";
import { describe, expect, test } from "vitest";
import type { ItemId } from "#domain/exam/ids.ts";
import { epochMs, idField } from "#protocol/http/field.ts";

describe("an id", () => {
  test.each(["a", "Q-12_b", "x".repeat(64)])("may be %s", (id) => {
    expect(v.is(idField<ItemId>(), id)).toBe(true);
  });

  test.each(["", "x".repeat(65), "a b", "é", "a/b"])("is never “%s”", (id) => {
    expect(v.is(idField<ItemId>(), id)).toBe(false);
  });

  test.each(["__proto__", "constructor", "toString", "hasOwnProperty"])(
    "is never %s, which every object has already: answers are kept by the item's id",
    (id) => {
      expect(v.is(idField<ItemId>(), id)).toBe(false);
    },
  );
});

describe("a moment", () => {
  test.each([0, Date.UTC(2026, 8, 1), Date.UTC(9999, 11, 31, 23, 59, 59, 999)])("may be %d", (moment) => {
    expect(v.is(epochMs, moment)).toBe(true);
  });

  test.each([-1, 0.5, Date.UTC(10_000, 0), 2 ** 60, 1e300, Infinity, NaN])("is never %d", (moment) => {
    expect(v.is(epochMs, moment)).toBe(false);
  });
});
