import { expect, test } from "vitest";
import { createFaceSignals } from "#client/sensors/face-signals.ts";
import { newEdges } from "./told-edges.ts";

function newSignals() {
  const { edges, told } = newEdges();
  const signals = createFaceSignals(edges);
  return {
    told,
    lost: () => signals.lost(),
    count: (count: number, confidence = 1) => signals.counted({ count, confidence }),
  };
}

test("one picture without a face proves nothing, two in a row do", () => {
  const { count, told } = newSignals();
  for (const faces of [1, 0, 1, 0, 1, 2, 1]) expect(count(faces, 0.9)).toBe(false);
  expect(told).toEqual([]);
  count(0, 0.9);
  expect(count(0, 0.7)).toBe(true);
  expect(told).toEqual([["begin", "no-face", { count: 0, confidence: 0.7 }]]);
});

test("two and then three faces agree that there are several", () => {
  const { count, told } = newSignals();
  count(2, 0.8);
  count(3, 0.6);
  expect(told).toEqual([["begin", "several-faces", { count: 3, confidence: 0.6 }]]);
});

test("a condition ends when two counts agree that it is over, and may turn into the other", () => {
  const { count, told } = newSignals();
  for (const faces of [0, 0, 1, 0, 0]) count(faces);
  expect(told).toHaveLength(1);
  for (const faces of [2, 2, 1, 1]) count(faces);
  expect(told).toEqual([
    ["begin", "no-face", { count: 0, confidence: 1 }],
    ["end", "no-face"],
    ["begin", "several-faces", { count: 2, confidence: 1 }],
    ["end", "several-faces"],
  ]);
});

test("a counter that is lost takes back what it said", () => {
  const { count, lost, told } = newSignals();
  for (const faces of [0, 0]) count(faces);
  lost();
  expect(told.slice(1)).toEqual([["end", "no-face"]]);
});

test("a count from before the loss and one from after it do not agree on anything", () => {
  const { count, lost, told } = newSignals();
  count(0);
  lost();
  count(0);
  expect(told).toEqual([]);
  count(0);
  expect(told).toEqual([["begin", "no-face", { count: 0, confidence: 1 }]]);
});
