import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { brand } from "#domain/exam/ids.ts";
import type { ItemId } from "#domain/exam/ids.ts";
import type { Item } from "#domain/exam/item.ts";
import type { Response } from "#domain/exam/response.ts";
import { scoreAttempt } from "#domain/scoring/score-attempt.ts";
import { scoreItem } from "#domain/scoring/score-item.ts";
import { burns, depth, device, firstAid, recovery } from "#test/domain/exam/first-aid.ts";

const allRight = new Map<ItemId, Response>([
  [recovery.id, { kind: "single-choice", option: "side" }],
  [burns.id, { kind: "multiple-choice", options: ["cover", "ring", "cool"] }],
  [depth.id, { kind: "number", text: "5,5" }],
  [device.id, { kind: "short-text", text: "aed" }],
]);

function withResponses(...changes: readonly (readonly [ItemId, Response])[]): ReadonlyMap<ItemId, Response> {
  return new Map([...allRight, ...changes]);
}

describe("every item", () => {
  test.each<{ item: Item; response: Response | null; title: string }>([
    { title: "no response", item: recovery, response: null },
    { title: "no mark", item: burns, response: { kind: "multiple-choice", options: [] } },
    { title: "spaces for a number", item: depth, response: { kind: "number", text: "  " } },
    { title: "a line break for a text", item: device, response: { kind: "short-text", text: "\n" } },
  ])("[S7] $title is unanswered and earns nothing", ({ item, response }) => {
    expect(scoreItem(item, response)).toEqual({ itemId: item.id, points: 0, outOf: item.points, answered: false });
  });

  test("[S7] a blank text earns nothing even where a blank is accepted by mistake", () => {
    const careless = { ...device, key: { accepted: [""], caseSensitive: false } };
    expect(scoreItem(careless, { kind: "short-text", text: " " })).toMatchObject({ points: 0, answered: false });
  });

  test.each<{ item: Item; response: Response; title: string }>([
    { title: "an option that is not offered", item: recovery, response: { kind: "single-choice", option: "head" } },
    { title: "a mark made twice", item: burns, response: { kind: "multiple-choice", options: ["cool", "cool"] } },
    { title: "a text for a number", item: depth, response: { kind: "short-text", text: "5.5" } },
    { title: "a text too long", item: device, response: { kind: "short-text", text: `aed${" ".repeat(4_000)}` } },
  ])("[S8] $title counts as no response", ({ item, response }) => {
    expect(scoreItem(item, response)).toEqual({ itemId: item.id, points: 0, outOf: item.points, answered: false });
  });
});

describe("the attempt", () => {
  test("[S17] the score lists every item in the order of the exam", () => {
    const score = scoreAttempt(firstAid, new Map([[device.id, { kind: "short-text", text: "a spoon" }]]));
    expect(score.items).toEqual([
      { itemId: "recovery", points: 0, outOf: 2, answered: false },
      { itemId: "burns", points: 0, outOf: 4, answered: false },
      { itemId: "depth", points: 0, outOf: 1.5, answered: false },
      { itemId: "device", points: 0, outOf: 1, answered: true },
    ]);
  });

  test("[S18] all right earns everything, and one item the less earns its points the less", () => {
    expect(scoreAttempt(firstAid, allRight)).toMatchObject({ points: 8.5, outOf: 8.5 });
    const someRight = withResponses([burns.id, { kind: "multiple-choice", options: ["cool"] }]);
    expect(scoreAttempt(firstAid, someRight)).toMatchObject({ points: 5.83, outOf: 8.5 });
  });

  test("[S18] no candidate responses: nothing of everything", () => {
    expect(scoreAttempt(firstAid, new Map())).toMatchObject({ points: 0, outOf: 8.5 });
  });

  test("[S18] sums are exact to the hundredth where binary fractions are not", () => {
    const someHundredths = fc.array(fc.integer({ min: 1, max: 10_000 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(someHundredths, (hundredths) => {
        const items = hundredths.map((some, index) => ({
          ...recovery,
          id: brand<ItemId>(`${index}`),
          points: some / 100,
        }));
        const version = { ...firstAid, sections: firstAid.sections.slice(0, 1).map((one) => ({ ...one, items })) };
        const responses = new Map(items.map(({ id }) => [id, { kind: "single-choice", option: "side" } as const]));
        const sum = hundredths.reduce((total, some) => total + some, 0);
        expect(scoreAttempt(version, responses)).toMatchObject({ points: sum / 100, outOf: sum / 100 });
      }),
    );
  });

  test("[S19] each category has its sums, in the order of the exam, and an item without one counts in the total alone", () => {
    const score = scoreAttempt(firstAid, withResponses([depth.id, { kind: "number", text: "9" }]));
    expect(score.categories).toEqual([
      { category: "airway", points: 2, outOf: 3.5 },
      { category: "wounds", points: 4, outOf: 4 },
    ]);
    expect(score).toMatchObject({ points: 7, outOf: 8.5 });
  });

  test("[S20] a response to an item of another exam changes nothing", () => {
    const stray = withResponses([brand<ItemId>("elsewhere"), { kind: "short-text", text: "aed" }]);
    expect(scoreAttempt(firstAid, stray)).toEqual(scoreAttempt(firstAid, allRight));
  });
});
