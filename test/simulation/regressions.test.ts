import { expect, test } from "vitest";
import { playSchedule } from "./schedule.ts";

/** Seeds that found something once, and what it was. */
const regressions: readonly { readonly seed: number; readonly says: string }[] = [];

test.each(regressions)("$says (seed $seed)", async ({ seed }) => {
  expect(await playSchedule(seed)).toBeNull();
});

test("the same seed plays the same schedule", async () => {
  expect(JSON.stringify(await playSchedule(7))).toBe(JSON.stringify(await playSchedule(7)));
});
