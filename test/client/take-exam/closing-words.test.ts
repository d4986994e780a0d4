import { expect, it } from "vitest";
import { arrivalWords } from "#client/take-exam/closing-words.ts";

it("nothing is said where everything had arrived before the end", () => {
  expect(arrivalWords({ unsent: 0, late: 0, kept: 0 })).toEqual([]);
});

it("what is still on its way, what counts late and what is kept are told apart", () => {
  expect(arrivalWords({ unsent: 3, late: 1, kept: 2 })).toEqual([
    "Sending what was saved on this computer: 3 left, keep this page open.",
    "1 answer came within 10 seconds after the end. It counts, marked late.",
    "2 answers came after the time and were kept as evidence; they are not in the score.",
  ]);
  expect(arrivalWords({ unsent: 0, late: 2, kept: 1 })).toEqual([
    "2 answers came within 10 seconds after the end. They count, marked late.",
    "1 answer came after the time and was kept as evidence; it is not in the score.",
  ]);
});
