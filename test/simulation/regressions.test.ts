import { expect, test } from "vitest";
import { playSchedule } from "./schedule.ts";

/** Seeds that found something once, and what it was. */
const regressions: readonly { readonly seed: number; readonly says: string }[] = [
  { seed: 8, says: "a new tab that only reads has what waits on the disk sent when its candidate takes over" },
  { seed: 79, says: "the read model gets its rows in order although the object crashes while one delivery is slow" },
  { seed: 667, says: "what comes to a computer that sleeps comes in order when it wakes" },
  { seed: 701, says: "an answer that a pause sent back does not take the place of a newer one" },
  { seed: 821, says: "a line that comes late does not keep the page from going on" },
];

test.each(regressions)("$says (seed $seed)", async ({ seed }) => {
  expect(await playSchedule(seed)).toBeNull();
});

test("the same seed plays the same schedule", async () => {
  expect(JSON.stringify(await playSchedule(7))).toBe(JSON.stringify(await playSchedule(7)));
});
