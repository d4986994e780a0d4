import { expect, it } from "vitest";
import { arrivalWords, closingWords, reviewWords } from "#client/take-exam/closing-words.ts";

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

it("[A38] an end for a technical cause accuses nobody and promises nothing, and one without a kind reads as it did", () => {
  const ended = (termination: "conduct" | "technical" | "other" | null) =>
    closingWords({ at: 0, cause: "terminated", termination, reason: "The screen could not be shared again." });
  expect(ended("technical").title).toBe("Your exam was ended because of a technical failure");
  for (const termination of ["technical", "other"] as const) {
    const { title, text } = ended(termination);
    expect(text).toContain("“The screen could not be shared again.”");
    expect(`${title} ${text}`).not.toMatch(/verdict|conduct|rule|violation|suspic|again[^s.]|refund|repeat|will /i);
  }
  expect(ended(null)).toEqual(ended("conduct"));
  expect(ended(null).text).toContain("This is not a verdict");
});

it("[A137] what is held is said with its reason and without a verdict, and the outcome with the reason for it", () => {
  const held = { state: "held", at: 0, why: "The developer tools were open.", reason: null } as const;
  const decided = { ...held, reason: "The support desk had asked for it" };
  const words = [held, { ...decided, state: "stands" } as const, { ...decided, state: "voided" } as const].map(
    reviewWords,
  );
  expect(words.map(({ title }) => title)).toEqual([
    "Your result is held until people have looked at it",
    "Your result was looked at, and it stands",
    "Your result was looked at, and it does not count",
  ]);
  for (const { text } of words) expect(text).toContain("“The developer tools were open.”");
  for (const { text } of words.slice(1)) expect(text).toContain("“The support desk had asked for it”");
  expect(words[0]?.text).toContain("Nothing is decided yet");
  expect(JSON.stringify(words)).not.toMatch(/cheat|fraud|guilt|fail|violation|suspic/i);
});
