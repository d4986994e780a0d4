import { expect, test } from "vitest";
import { orderResults, type ResultOrder } from "#client/manage/result-order.ts";
import { brand, type AttemptId } from "#domain/exam/ids.ts";
import type { Result } from "#protocol/http/sitting.ts";

function result(name: string, change: Partial<Result>): Result {
  const attemptId = brand<AttemptId>(name);
  const unknown = { openedAt: null, closedAt: null, points: null, outOf: null, review: null };
  return { attemptId, name, status: "open", violations: 0, ...unknown, ...change };
}

const results = [
  result("lin", { points: 9, outOf: 20, violations: 2 }),
  result("ada", { points: 8, outOf: 10, violations: 2 }),
  result("mallory", { violations: 10 }),
  result("grace", { points: 0, outOf: 10 }),
];

test.each([
  [{ column: "name", isDescending: false }, "ada grace lin mallory"],
  [{ column: "name", isDescending: true }, "mallory lin grace ada"],
  [{ column: "points", isDescending: true }, "ada lin grace mallory"],
  [{ column: "points", isDescending: false }, "grace lin ada mallory"],
  [{ column: "violations", isDescending: true }, "mallory ada lin grace"],
] as const)("%o", (order: ResultOrder, names) => {
  expect(
    orderResults(results, order)
      .map(({ name }) => name)
      .join(" "),
  ).toBe(names);
});
