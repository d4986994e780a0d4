import { describe, expect, test } from "vitest";
import { scoreItem } from "#domain/scoring/score-item.ts";
import { device } from "#test/domain/exam/first-aid.ts";

function pointsFor(text: string, accepted: readonly string[], caseSensitive: boolean): number {
  return scoreItem({ ...device, key: { accepted, caseSensitive } }, { kind: "short-text", text }).points;
}

describe("short texts", () => {
  test.each([
    { text: "defibrillator", points: 1 },
    { text: "AED", points: 1 },
    { text: "aed", points: 1 },
    { text: "de\u0301fibrillateur", points: 1 },
    { text: "defibrillateur", points: 0 },
    { text: "defibrillators", points: 0 },
    { text: "A E D", points: 0 },
  ])("[S15] '$text' earns $points of 1", ({ text, points }) => {
    expect(scoreItem(device, { kind: "short-text", text })).toEqual({
      itemId: "device",
      points,
      outOf: 1,
      answered: true,
    });
  });

  test.each([
    { text: "  cleared   to\nland ", accepted: "cleared to land" },
    { text: "cleared\u00a0to land", accepted: "cleared to land" },
    { text: "cleared to land", accepted: " cleared  to land " },
    { text: "café", accepted: "cafe\u0301" },
  ])("[S15] '$text' is the same text as '$accepted'", ({ text, accepted }) => {
    expect(pointsFor(text, [accepted], true)).toBe(1);
  });

  test("[S15] white space within is not left out, only made one space", () => {
    expect(pointsFor("clearedto land", ["cleared to land"], false)).toBe(0);
  });

  test.each([
    { text: "MAYDAY", accepted: "Mayday", caseSensitive: false, points: 1 },
    { text: "MAYDAY", accepted: "Mayday", caseSensitive: true, points: 0 },
    { text: "Mayday", accepted: "Mayday", caseSensitive: true, points: 1 },
    { text: "TITLE", accepted: "title", caseSensitive: false, points: 1 },
    { text: "I\u0307stanbul", accepted: "\u0130stanbul", caseSensitive: false, points: 1 },
    { text: "STRASSE", accepted: "straße", caseSensitive: false, points: 0 },
  ])("[S16] '$text' for '$accepted', case sensitive $caseSensitive, earns $points", (example) => {
    expect(pointsFor(example.text, [example.accepted], example.caseSensitive)).toBe(example.points);
  });
});
