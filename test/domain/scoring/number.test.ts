import { describe, expect, test } from "vitest";
import { scoreItem } from "#domain/scoring/score-item.ts";
import { depth } from "#test/domain/exam/first-aid.ts";

function pointsFor(text: string, value: number, tolerance = 0): number {
  return scoreItem({ ...depth, points: 1, key: { value, tolerance } }, { kind: "number", text }).points;
}

describe("numbers", () => {
  test.each([
    { text: "1.5", value: 1.5 },
    { text: "1,5", value: 1.5 },
    { text: "  1,5\t", value: 1.5 },
    { text: "1.50", value: 1.5 },
    { text: "01,5", value: 1.5 },
    { text: ".5", value: 0.5 },
    { text: "5.", value: 5 },
    { text: "+3", value: 3 },
    { text: "-3", value: -3 },
    { text: "\u22123", value: -3 },
    { text: "- 3", value: -3 },
    { text: "-0", value: 0 },
    { text: "12500", value: 12500 },
    { text: "12 500", value: 12500 },
    { text: "12\u00a0500", value: 12500 },
    { text: "1\u202f234\u202f567,25", value: 1234567.25 },
    { text: "0,0000001", value: 1e-7 },
    { text: "1" + "0".repeat(21), value: 1e21 },
    { text: "-15000000000000000000000,0", value: -1.5e22 },
  ])("[S12] '$text' is read as $value", ({ text, value }) => {
    expect(pointsFor(text, value)).toBe(1);
    expect(pointsFor(text, value + 1e-7 + Math.abs(value) / 1000)).toBe(0);
  });

  test.each([
    "five",
    "5 cm",
    "1.2.3",
    "1,2,3",
    "1.234,5",
    "1,234.5",
    "--3",
    "3-",
    "1 5",
    "12 50",
    "1e3",
    "0x5",
    "Infinity",
    "NaN",
    ".",
    "-",
    "½",
    "5²",
    "٥",
  ])("[S13] '%s' is no number and earns nothing", (text) => {
    for (const value of [0, 1.5, 3, 5, 15, 1000, 1234.5]) expect(pointsFor(text, value, 0.1)).toBe(0);
    expect(scoreItem(depth, { kind: "number", text }).answered).toBe(true);
  });

  test("[S13] a comma is a decimal comma even before three digits", () => {
    expect(pointsFor("1,234", 1.234)).toBe(1);
    expect(pointsFor("1,234", 1234)).toBe(0);
  });

  test.each([
    { text: "5", points: 1.5 },
    { text: "6,0", points: 1.5 },
    { text: "5,5", points: 1.5 },
    { text: "4,99", points: 0 },
    { text: "6.000000000000000000000000001", points: 0 },
    { text: "-5.5", points: 0 },
  ])("[S14] '$text' earns $points of 1.5 when 5.5 ± 0.5 is right", ({ text, points }) => {
    expect(scoreItem(depth, { kind: "number", text })).toEqual({ itemId: "depth", points, outOf: 1.5, answered: true });
  });

  // In binary fractions each of these is just outside.
  test.each([
    { text: "1.1", value: 1, tolerance: 0.1 },
    { text: "0.3", value: 0.1, tolerance: 0.2 },
    { text: "0.7", value: 0.8, tolerance: 0.1 },
    { text: "8.2", value: 8.1, tolerance: 0.1 },
  ])("[S14] $text is within $tolerance of $value, exactly", ({ text, value, tolerance }) => {
    expect(pointsFor(text, value, tolerance)).toBe(1);
  });

  test("[S14] the longest text that fits is compared like any other", () => {
    expect(pointsFor(`5.${"0".repeat(3_998)}`, 5)).toBe(1);
    expect(pointsFor(`5.${"0".repeat(3_997)}1`, 5)).toBe(0);
  });

  test("[S14] a key that is no number is a broken promise", () => {
    expect(() => pointsFor("5", Number.NaN)).toThrow(RangeError);
  });
});
