import { expect, test } from "vitest";
import { noDetail } from "#domain/integrity/signal.ts";
import { newEdges } from "./told-edges.ts";

test("a signal that lasts is told once when it begins and once when it ends", () => {
  const { edges, told } = newEdges();
  for (const isThere of [false, true, true, true, false, false]) edges.read("tab-hidden", isThere);
  expect(told).toEqual([
    ["begin", "tab-hidden", noDetail],
    ["end", "tab-hidden"],
  ]);
});

test("what was seen goes with the beginning, and a change of it alone tells nothing", () => {
  const { edges, told } = newEdges();
  edges.read("several-faces", true, { count: 2, confidence: 0.9 });
  edges.read("several-faces", true, { count: 3, confidence: 0.8 });
  expect(told).toEqual([["begin", "several-faces", { count: 2, confidence: 0.9 }]]);
});

test("signals of other kinds do not touch each other", () => {
  const { edges, told } = newEdges();
  edges.read("tab-hidden", true);
  edges.read("window-blurred", false);
  edges.read("window-blurred", true);
  edges.read("tab-hidden", false);
  expect(told).toEqual([
    ["begin", "tab-hidden", noDetail],
    ["begin", "window-blurred", noDetail],
    ["end", "tab-hidden"],
  ]);
});

test("when nobody looks any more, what is there is ended, and can begin anew", () => {
  const { edges, told } = newEdges();
  edges.read("screen-share-ended", true);
  edges.read("tab-hidden", true);
  edges.read("tab-hidden", false);
  edges.endAll();
  edges.endAll();
  edges.read("screen-share-ended", true);
  expect(told.slice(3)).toEqual([
    ["end", "screen-share-ended"],
    ["begin", "screen-share-ended", noDetail],
  ]);
});
