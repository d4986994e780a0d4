import { expect, test } from "vitest";
import { playSchedule } from "./schedule.ts";

/** Seeds that found something once, and what it was. */
const regressions: readonly { readonly seed: number; readonly says: string }[] = [
  {
    seed: 175,
    says: "a console that went before its command was stored keeps nobody from hearing of it, with two consoles",
  },
  {
    seed: 439,
    says: "a console that went before its command was stored keeps nobody from hearing of it, with one console",
  },
  { seed: 701, says: "an answer that a pause sent back does not take the place of a newer one" },
  { seed: 12_786, says: "the latest answer is sent after a crash, though an earlier one came later than it was made" },
  { seed: 5_874, says: "the next page sends an answer that the page before kept, though the one before it came late" },
  { seed: 14_828, says: "a question that is flagged twice stays in its place in the list, as in the session" },
  { seed: 15_592, says: "of several answers that were not sent the latest is shown, for a computer that slept" },
  { seed: 821, says: "a line that comes late does not keep the page from going on" },
];

test.each(regressions)("$says (seed $seed)", async ({ seed }) => {
  expect(await playSchedule(seed)).toBeNull();
});

test("the same seed plays the same schedule", async () => {
  expect(JSON.stringify(await playSchedule(7))).toBe(JSON.stringify(await playSchedule(7)));
});
