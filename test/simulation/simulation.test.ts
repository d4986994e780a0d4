import { expect, test } from "vitest";
import { failureWords, play } from "./play.ts";

test("a thousand schedules of faults break no invariant", { timeout: 400_000 }, async () => {
  const { played, failures } = await play({ from: 1, count: 1_000 });
  expect(failures.map(failureWords)).toEqual([]);
  expect(played).toBe(1_000);
});
