import { describe, expect, test } from "vitest";
import { type MergedRooms, mergedRooms, noRooms, type RoomPart } from "#client/proctor/merged-rooms.ts";
import { emptyRoom, type Room } from "#client/proctor/room.ts";
import { brand, type ExamSessionId } from "#domain/exam/ids.ts";
import type { FeedEntry, Tile } from "#protocol/session/down.ts";
import { nine } from "#test/domain/attempt/given.ts";
import { entryAt, tileOf } from "./tiles.ts";

const [ada, grace, mateo] = [tileOf("Ada", "open"), tileOf("Grace", "waiting"), tileOf("Mateo", "open")];

function part(id: string, tiles: readonly Tile[], feed: readonly FeedEntry[] = [], title = "Spring"): RoomPart {
  const room: Room = { ...emptyRoom, title, tiles: new Map(tiles.map((tile) => [tile.attemptId, tile])), feed };
  return { examSessionId: brand<ExamSessionId>(id), room };
}

function merge(parts: readonly RoomPart[], before: readonly RoomPart[] = [], merged: MergedRooms = noRooms) {
  return mergedRooms(parts, { parts: before, merged });
}

function at(position: number, ms: number): FeedEntry {
  return { ...entryAt(position), at: nine + ms };
}

describe("several rooms as one list", () => {
  test("have everybody in them, each with their room", () => {
    const { tiles, places } = merge([part("one", [ada, grace]), part("two", [mateo])]);
    expect([...tiles.values()]).toEqual([ada, grace, mateo]);
    expect([...places.values()]).toEqual(["one", "one", "two"]);
  });

  test("tell what happens in all of them by time, newest first, whatever the positions in each room", () => {
    const one = part("one", [], [at(90, 50), at(80, 10)]);
    const two = part("two", [], [at(3, 60), at(2, 20)]);
    expect(merge([one, two]).feed.map((entry) => entry.at - nine)).toEqual([60, 50, 20, 10]);
  });

  test("keep the latest 500 entries of all", () => {
    const long = Array.from({ length: 400 }, (_each, index) => at(400 - index, 400 - index));
    const { feed } = merge([part("one", [], long), part("two", [], long)]);
    expect(feed).toHaveLength(500);
    expect(feed.at(-1)?.at).toBe(nine + 151);
  });

  test("have a title as soon as one of them has said it", () => {
    const silent = { examSessionId: brand<ExamSessionId>("one"), room: emptyRoom };
    expect(merge([silent]).title).toBeNull();
    expect(merge([silent, part("two", [])]).title).toBe("Spring");
  });

  test("are the very same where nothing changed, and new where a room changed, came or went", () => {
    const [one, two] = [part("one", [ada], [at(1, 1)]), part("two", [mateo], [at(1, 2)])];
    const before = merge([one, two]);
    const again = merge([one, two], [one, two], before);
    expect(
      [again.tiles, again.places, again.feed].map(
        (each, index) => each === [before.tiles, before.places, before.feed][index],
      ),
    ).toEqual([true, true, true]);
    const fresh = part("two", [grace]);
    const told = { ...two, room: { ...two.room, tiles: fresh.room.tiles } };
    const changed = merge([one, told], [one, two], before);
    expect([...changed.tiles.values()]).toEqual([ada, grace]);
    expect(changed.feed).toBe(before.feed);
    expect([...merge([one], [one, two], before).tiles.values()]).toEqual([ada]);
    expect(merge([one], [one, two], before).feed).toHaveLength(1);
  });
});
