import { expect, test } from "vitest";
import { createFlowJudge, nothingYet } from "#client/media/flow-judge.ts";

/** Judges a section second by second: each step is [seconds since the beginning, amount, key frames]. */
function judgeAll(
  before: { amount: number; keyFrames: number | null },
  steps: readonly (readonly [number, number, number | null])[],
) {
  const judge = createFlowJudge();
  judge.begin("0", before, 0);
  return steps.map(([at, amount, keyFrames]) => judge.judge("0", { amount, keyFrames }, at * 1_000));
}

test("a new section flows from its first decoded key frame on", () => {
  expect(
    judgeAll(nothingYet, [
      [1, 0, 0],
      [2, 1, 1],
      [3, 9, 1],
    ]),
  ).toEqual(["starting", "flowing", "flowing"]);
});

test("a section that was turned still shows the seat before, until a key frame came", () => {
  const before = { amount: 500, keyFrames: 4 };
  expect(
    judgeAll(before, [
      [1, 508, 4],
      [2, 516, 4],
      [3, 520, 5],
    ]),
  ).toEqual(["starting", "starting", "flowing"]);
});

test("a picture that does not grow for more than five seconds has stopped, and may go on", () => {
  expect(
    judgeAll(nothingYet, [
      [1, 5, 1],
      [5, 5, 1],
      [6, 5, 1],
      [7, 5, 1],
      [8, 6, 1],
    ]),
  ).toEqual(["flowing", "flowing", "flowing", "stopped", "flowing"]);
});

test("a section in which nothing ever comes is given up, later than one that stopped", () => {
  expect(
    judgeAll(nothingYet, [
      [6, 0, 0],
      [14, 0, 0],
      [16, 0, 0],
    ]),
  ).toEqual(["starting", "starting", "stopped"]);
});

test("a section that goes on showing the seat before is given up too", () => {
  expect(
    judgeAll({ amount: 10, keyFrames: 1 }, [
      [8, 90, 1],
      [16, 170, 1],
    ]),
  ).toEqual(["starting", "stopped"]);
});

test("sound has no key frames and flows as soon as more of it came", () => {
  expect(
    judgeAll({ amount: 100, keyFrames: null }, [
      [1, 100, null],
      [2, 150, null],
    ]),
  ).toEqual(["starting", "flowing"]);
});

test("of a section that nobody asked for, nothing is known", () => {
  const judge = createFlowJudge();
  judge.begin("0", nothingYet, 0);
  judge.forget("0");
  expect(judge.judge("0", { amount: 9, keyFrames: 1 }, 1_000)).toBe("starting");
});
