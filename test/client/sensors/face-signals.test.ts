import { expect, test } from "vitest";
import { createFaceSignals } from "#client/sensors/face-signals.ts";
import { createSignalEdges } from "#client/sensors/signal-edges.ts";

function newSignals() {
  const told: unknown[] = [];
  const signals = createFaceSignals(
    createSignalEdges({
      begin: (kind, { count, confidence }) => told.push(["begin", kind, count, confidence]),
      end: (kind) => told.push(["end", kind]),
    }),
  );
  return { signals, told };
}

test("one picture without a face proves nothing, two in a row do", () => {
  const { signals, told } = newSignals();
  for (const count of [1, 0, 1, 0, 1, 2, 1]) signals.counted(count, 0.9);
  expect(told).toEqual([]);
  signals.counted(0, 0.9);
  signals.counted(0, 0.7);
  expect(told).toEqual([["begin", "no-face", 0, 0.7]]);
});

test("two and then three faces agree that there are several", () => {
  const { signals, told } = newSignals();
  signals.counted(2, 0.8);
  signals.counted(3, 0.6);
  expect(told).toEqual([["begin", "several-faces", 3, 0.6]]);
});

test("a condition ends when two counts agree that it is over, and may turn into the other", () => {
  const { signals, told } = newSignals();
  for (const count of [0, 0, 1, 0, 0]) signals.counted(count, 1);
  expect(told).toHaveLength(1);
  for (const count of [2, 2]) signals.counted(count, 1);
  for (const count of [1, 1]) signals.counted(count, 1);
  expect(told).toEqual([
    ["begin", "no-face", 0, 1],
    ["end", "no-face"],
    ["begin", "several-faces", 2, 1],
    ["end", "several-faces"],
  ]);
});

test("a counter that is lost takes back what it said", () => {
  const { signals, told } = newSignals();
  signals.becomes("loading");
  signals.becomes("working");
  for (const count of [0, 0]) signals.counted(count, 1);
  signals.becomes("lost");
  expect(told.slice(1)).toEqual([["end", "no-face"]]);
});

test("a count from before the loss and one from after it do not agree on anything", () => {
  const { signals, told } = newSignals();
  signals.counted(0, 1);
  signals.becomes("lost");
  signals.becomes("working");
  signals.counted(0, 1);
  expect(told).not.toContainEqual(["begin", "no-face", 0, 1]);
  signals.counted(0, 1);
  expect(told.at(-1)).toEqual(["begin", "no-face", 0, 1]);
});
