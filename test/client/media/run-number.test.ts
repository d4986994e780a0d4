import { expect, test } from "vitest";
import { runAfter } from "#client/media/run-number.ts";

test("the next run is one after the highest that the server holds of that track", () => {
  const stored = [
    { track: "camera", run: 4, index: 0 },
    { track: "camera", run: 11, index: 3 },
    { track: "screen", run: 20, index: 0 },
  ] as const;
  expect(runAfter(stored, "camera")).toBe(12);
  expect(runAfter(stored, "screen")).toBe(21);
  expect(runAfter([], "camera")).toBe(0);
});
