import { describe, expect, it } from "vitest";
import { handInSummary, markWords, questionMarks, withoutSections } from "#client/take-exam/question-marks.ts";
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

  it("shuts a section whose time is up by the page's clock, and counts its questions all the same", () => {
    const [one] = paper.sections;
    const running = { id: one!.id, state: "running", endsAt: 1_030_000, leftMs: null } as const;
    expect(withoutSections(paper, [running], [])).toEqual({ paper, times: [running] });
    const open = withoutSections(paper, [running], [one!.id]);
    const [first_, second_] = questionMarks(open.paper, nothing, open.times);
    expect(first_).toMatchObject({ marks: [], itemCount: 2, time: { state: "over" } });
    expect(second_?.marks.map(({ number, isCurrent }) => [number, isCurrent])).toEqual([[3, true]]);
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

describe("a section that is shut", () => {
  const [one, two] = paper.sections;
  if (one === undefined || two === undefined) throw new Error("the paper has two sections");
  const shut = { ...paper, sections: [{ ...one, timeLimitMs: 60_000, items: [] }, two] };
  const times = [{ id: one.id, state: "ahead", endsAt: null, leftMs: null }] as const;

  it("has no marks, and its questions are counted", () => {
    const [closed, open] = questionMarks(shut, nothing, times);
    expect([closed?.marks, closed?.time?.state, open?.time]).toEqual([[], "ahead", null]);
    expect(open?.marks.map(({ number, isCurrent }) => [number, isCurrent])).toEqual([[3, true]]);
  });

  it("is named before handing in, and an answer out of sight still counts", () => {
    const work = { ...nothing, responses: { [first]: { kind: "single-choice", option: "a" } as const } };
    expect(handInSummary(questionMarks(shut, work, times), work)).toMatchObject({
      total: 3,
      answered: 1,
      ahead: ["One"],
    });
  });
});

describe("the summary before handing in", () => {
  it("names what is unanswered and what is flagged, and a question can be both", () => {
    const responses = { [first]: { kind: "single-choice", option: "a" } } as const;
    const work = { responses, flagged: [first, third], position: null };
    const summary = handInSummary(questionMarks(paper, work), work);
    expect([summary.answered, summary.total]).toEqual([1, 3]);
    expect(summary.unanswered.map(({ number }) => number)).toEqual([2, 3]);
    expect(summary.flagged.map(({ number }) => number)).toEqual([1, 3]);
  });
});
