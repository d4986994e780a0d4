import { expect, test } from "vitest";
import { clipOf } from "#domain/integrity/clip.ts";

test("[E35] the mark on the recording goes from 5 s before a violation began to 5 s after it was noted", () => {
  expect(clipOf({ from: 60_000, notedAt: 63_500 })).toEqual({ from: 55_000, to: 68_500 });
});

test("[E35] a moment has ten seconds, and so has one that seems to end before it began", () => {
  expect(clipOf({ from: 60_000, notedAt: 60_000 })).toEqual({ from: 55_000, to: 65_000 });
  const { from, to } = clipOf({ from: 60_000, notedAt: 59_000 });
  expect(to - from).toBeGreaterThanOrEqual(10_000);
});
