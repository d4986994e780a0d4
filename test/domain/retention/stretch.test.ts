import { expect, it } from "vitest";
import { stretchesOf } from "#domain/retention/stretch.ts";

it("[D15] numbers fall into the fewest stretches without gaps", () => {
  expect(stretchesOf([])).toEqual([]);
  expect(stretchesOf([7])).toEqual([{ from: 7, to: 7 }]);
  expect(stretchesOf([1, 2, 3, 5, 8, 9])).toEqual([
    { from: 1, to: 3 },
    { from: 5, to: 5 },
    { from: 8, to: 9 },
  ]);
});
