import { describe, expect, test } from "vitest";
import { count, formatClock, formatDuration } from "#client/ui/format-duration.ts";

describe("a clock", () => {
  test.each([
    [0, "0:00"],
    [1, "0:01"],
    [59_000, "0:59"],
    [59_001, "1:00"],
    [309_000, "5:09"],
    [3_909_000, "1:05:09"],
    [-5_000, "0:00"],
  ])("shows %i ms as %s: zero only when there is no time", (ms, text) => {
    expect(formatClock(ms)).toBe(text);
  });
});

describe("a length of time", () => {
  test.each([
    [45_000, "45 seconds"],
    [1_000, "1 second"],
    [60_000, "1 minute"],
    [3_600_000, "1 hour"],
    [5_400_000, "1 hour 30 minutes"],
    [3_599_000, "59 minutes 59 seconds"],
    [59_600, "1 minute"],
  ])("of %i ms is %s", (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });
});

test("one is not counted in the plural", () => {
  expect([count(0, "answer"), count(1, "answer"), count(2, "answer")]).toEqual(["0 answers", "1 answer", "2 answers"]);
});
