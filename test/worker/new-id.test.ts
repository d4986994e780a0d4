import { expect, it } from "vitest";
import { newId } from "#worker/new-id.ts";

it("[K36] a new id does not begin like a formula, and is as long as ever", () => {
  const ids = Array.from({ length: 5_000 }, () => newId());
  expect(ids.filter((id) => !/^[A-Za-z0-9_][A-Za-z0-9_-]{15}$/.test(id))).toEqual([]);
  expect(new Set(ids).size).toBe(5_000);
});
