import { describe, expect, it } from "vitest";
import { backoffMs } from "#client/session/backoff.ts";

describe("the wait before the next try", () => {
  it.each([
    [1, 250, 500],
    [2, 500, 1_000],
    [4, 2_000, 4_000],
    [20, 7_500, 15_000],
  ])("after %i failures is between %i and %i ms", (failures, shortest, longest) => {
    expect(backoffMs(failures, 0)).toBe(shortest);
    expect(backoffMs(failures, 1)).toBe(longest);
  });
});
