import { describe, expect, it } from "vitest";
import { handInSummary, markWords, questionMarks } from "#client/take-exam/question-marks.ts";
import type { Work } from "#client/take-exam/work.ts";
import { first, paper, second, third } from "./paper.ts";

const nothing: Work = { responses: {}, flagged: [], position: null };

function marksOf(work: Work) {
  return questionMarks(paper, work).flatMap((section) => section.marks);
}

describe("the navigation", () => {
  it("counts questions through all sections", () => {
    expect(questionMarks(paper, nothing).map(({ title, marks }) => [title, marks.map(({ number }) => number)])).toEqual(
      [
        ["One", [1, 2]],
        ["Two", [3]],
      ],
    );
  });

  it("begins at the first question, and comes back to the one that was visited", () => {
    expect(marksOf(nothing).findIndex(({ isCurrent }) => isCurrent)).toBe(0);
    expect(marksOf({ ...nothing, position: third }).findIndex(({ isCurrent }) => isCurrent)).toBe(2);
  });

  it("does not count a blank answer as one", () => {
    const work: Work = {
      ...nothing,
      responses: {
        [first]: { kind: "single-choice", option: "a" },
        [second]: null,
        [third]: { kind: "short-text", text: "  " },
      },
    };
    expect(marksOf(work).map(({ isAnswered }) => isAnswered)).toEqual([true, false, false]);
  });

  it("says each mark in words", () => {
    const [mark] = marksOf({ ...nothing, flagged: [first] });
    expect(mark && markWords(mark)).toBe("Question 1, not answered, flagged");
  });
});

describe("the summary before handing in", () => {
  it("names what is unanswered and what is flagged, and a question can be both", () => {
    const responses = { [first]: { kind: "single-choice", option: "a" } } as const;
    const summary = handInSummary(questionMarks(paper, { responses, flagged: [first, third], position: null }));
    expect([summary.answered, summary.total]).toEqual([1, 3]);
    expect(summary.unanswered.map(({ number }) => number)).toEqual([2, 3]);
    expect(summary.flagged.map(({ number }) => number)).toEqual([1, 3]);
  });
});
