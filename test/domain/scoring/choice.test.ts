import { describe, expect, test } from "vitest";
import { scoreItem } from "#domain/scoring/score-item.ts";
import { burns, recovery } from "#test/domain/exam/first-aid.ts";

describe("choices", () => {
  test.each([
    { option: "side", points: 2 },
    { option: "back", points: 0 },
    { option: "sitting", points: 0 },
  ])("[S9] the option '$option' earns $points of 2", ({ option, points }) => {
    const score = scoreItem(recovery, { kind: "single-choice", option });
    expect(score).toEqual({ itemId: "recovery", points, outOf: 2, answered: true });
  });

  test.each([
    { options: ["cool", "ring", "cover"], points: 4 },
    { options: ["cover", "cool", "ring"], points: 4 },
    { options: ["cool", "ring"], points: 0 },
    { options: ["cool", "ring", "cover", "ice"], points: 0 },
    { options: ["ice"], points: 0 },
  ])("[S10] without partial credit the marks $options earn $points of 4", ({ options, points }) => {
    const strict = { ...burns, partialCredit: false };
    expect(scoreItem(strict, { kind: "multiple-choice", options }).points).toBe(points);
  });

  test.each([
    { options: ["cool", "ring", "cover"], points: 4 },
    { options: ["cool", "ring"], points: 2.67 },
    { options: ["cool"], points: 1.33 },
    { options: ["cool", "ring", "cover", "ice"], points: 2.67 },
    { options: ["cool", "ring", "cover", "ice", "butter"], points: 1.33 },
    { options: ["cool", "ice"], points: 0 },
    { options: ["cool", "ice", "butter"], points: 0 },
    { options: ["ice", "butter"], points: 0 },
  ])("[S11] with partial credit the marks $options earn $points of 4", ({ options, points }) => {
    expect(scoreItem(burns, { kind: "multiple-choice", options })).toEqual({
      itemId: "burns",
      points,
      outOf: 4,
      answered: true,
    });
  });

  test.each([
    { of: 0.25, key: ["cool", "ring"], points: 0.13 },
    { of: 0.01, key: ["cool", "ring"], points: 0.01 },
    { of: 0.01, key: ["cool", "ring", "cover"], points: 0 },
    { of: 1.15, key: ["cool", "ring"], points: 0.58 },
  ])("[S11] one of $key.length right earns $points of $of: a half is rounded upwards", ({ of, key, points }) => {
    const item = { ...burns, points: of, key };
    expect(scoreItem(item, { kind: "multiple-choice", options: ["cool"] }).points).toBe(points);
  });

  test("[S10] an item whose key is empty by mistake earns nothing and breaks nothing", () => {
    expect(scoreItem({ ...burns, key: [] }, { kind: "multiple-choice", options: ["cool"] }).points).toBe(0);
  });
});
