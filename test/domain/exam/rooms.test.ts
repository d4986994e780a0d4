import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { placeNewcomers, type Region, type SittingRoom } from "#domain/exam/rooms.ts";

const plan = { capacity: 200, region: null };

function people(count: number, region: Region | null = null) {
  return Array.from({ length: count }, () => ({ region }));
}

function room(number: number, taken: number, region: Region | null = null, capacity = 200): SittingRoom {
  return { number, taken, region, capacity };
}

/** How many newcomers each room gets, by its number. */
function counts(numbers: readonly number[]): Readonly<Record<number, number>> {
  const byRoom: Record<number, number> = {};
  for (const number of numbers) byRoom[number] = (byRoom[number] ?? 0) + 1;
  return byRoom;
}

describe("where newcomers of a sitting are placed", () => {
  it("[R20] opens as few rooms as hold everybody, and none while there is a place", () => {
    expect(placeNewcomers([room(1, 0)], people(200), plan).opened).toEqual([]);
    const { opened } = placeNewcomers([room(1, 0)], people(450), plan);
    expect(opened.map(({ number }) => number)).toEqual([2, 3]);
    expect(placeNewcomers([room(1, 150), room(2, 199)], people(51), plan).opened).toEqual([]);
    expect(placeNewcomers([room(1, 150), room(2, 199)], people(52), plan).opened).toHaveLength(1);
  });

  it("[R21] gives each newcomer the room with the fewest, so that rooms opened together are even", () => {
    expect(counts(placeNewcomers([room(1, 0)], people(450), plan).numbers)).toEqual({ 1: 150, 2: 150, 3: 150 });
    expect(counts(placeNewcomers([room(1, 190), room(2, 100)], people(60), plan).numbers)).toEqual({ 2: 60 });
    expect(placeNewcomers([room(1, 3), room(2, 3)], people(1), plan).numbers).toEqual([1]);
  });

  it("[R22] seats a candidate in the region asked for, else in that of the sitting, and in no other", () => {
    const rooms = [room(1, 0, "weur"), room(2, 0)];
    const newcomers = [...people(1, "apac"), ...people(1), ...people(1, "weur")];
    const { numbers, opened } = placeNewcomers(rooms, newcomers, { capacity: 10, region: "weur" });
    expect(numbers).toEqual([3, 1, 1]);
    expect(opened).toEqual([{ number: 3, capacity: 10, region: "apac", why: "first-of-region" }]);
  });

  it("[R23] says why a room was opened", () => {
    const { opened } = placeNewcomers([room(1, 200)], [...people(1), ...people(1, "oc")], plan);
    expect(opened.map(({ region, why }) => [region, why])).toEqual([
      [null, "rooms-full"],
      ["oc", "first-of-region"],
    ]);
  });

  it("[R20] never places more in a room than it holds, and gives no number twice, whatever was there", () => {
    const region = fc.constantFrom<Region | null>(null, "weur", "apac");
    // Also rooms that hold more than they may: a capacity was made smaller, or a room is older than capacities.
    const rooms = fc
      .array(fc.record({ capacity: fc.integer({ min: 1, max: 9 }), taken: fc.nat(12), region }), { maxLength: 6 })
      .map((list) => list.map((each, index) => ({ ...each, number: index * 2 + 1 })));
    const newcomers = fc.array(fc.record({ region }), { maxLength: 60 });
    const plans = fc.record({ capacity: fc.integer({ min: 1, max: 9 }), region });
    fc.assert(
      fc.property(rooms, newcomers, plans, (before, who, each) => {
        const { numbers, opened } = placeNewcomers(before, who, each);
        const all = [...before, ...opened.map((one) => ({ ...one, taken: 0 }))];
        expect(new Set(all.map(({ number }) => number)).size).toBe(all.length);
        expect(numbers).toHaveLength(who.length);
        const added = counts(numbers);
        for (const { number, taken, capacity } of all) {
          if (added[number] !== undefined) expect(taken + added[number]).toBeLessThanOrEqual(capacity);
        }
        for (const [index, { region: asked }] of who.entries()) {
          const seat = all.find(({ number }) => number === numbers[index]);
          expect(seat?.region).toBe(asked ?? each.region);
        }
      }),
    );
  });
});
