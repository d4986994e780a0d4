import { describe, expect, test } from "vitest";
import { emptyRoom, type Room, roomAfter } from "#client/proctor/room.ts";
import { brand, type ExamSessionId } from "#domain/exam/ids.ts";
import type { FeedEntry, ProctorDown, Tile } from "#protocol/session/down.ts";
import { nine } from "#test/domain/attempt/given.ts";
import { entryAt, tileOf } from "./tiles.ts";

function welcome(tiles: readonly Tile[], feed: readonly FeedEntry[]): ProctorDown {
  const examSessionId = brand<ExamSessionId>("spring");
  return { type: "welcome", protocol: 1, serverNow: nine, examSessionId, title: "Spring", tiles, feed };
}

function after(...downs: readonly ProctorDown[]): Room {
  return downs.reduce(roomAfter, emptyRoom);
}

function positions({ feed }: Room): readonly number[] {
  return feed.map(({ position }) => position);
}

const ada = tileOf("Ada", "open");
const grace = tileOf("Grace", "waiting");

describe("the room of a console", () => {
  test("is what the welcome says: a title, every tile, and what happened, newest first", () => {
    const room = after(welcome([ada, grace], [entryAt(3), entryAt(7)]));
    expect(room.title).toBe("Spring");
    expect([...room.tiles.values()]).toEqual([ada, grace]);
    expect(positions(room)).toEqual([7, 3]);
    expect(room.position).toBe(7);
  });

  test("replaces a tile in its place and leaves the others as they are", () => {
    const before = after(welcome([ada, grace], []));
    const paused = tileOf("Ada", "paused");
    const room = roomAfter(before, { type: "tiles", tiles: [paused] });
    expect([...room.tiles.values()]).toEqual([paused, grace]);
    expect(room.tiles.get(grace.attemptId)).toBe(grace);
  });

  test("takes up a candidate who was registered meanwhile", () => {
    const room = after(welcome([ada], []), { type: "tiles", tiles: [grace] });
    expect([...room.tiles.keys()]).toEqual([ada.attemptId, grace.attemptId]);
  });

  test("[R19] names who has no tile because what is stored cannot be read, until a welcome says otherwise", () => {
    const candidates = [{ attemptId: grace.attemptId, name: "Grace" }];
    const room = after(welcome([ada], []), { type: "setAside", candidates });
    expect(room.setAside).toEqual(["Grace"]);
    expect(roomAfter(room, welcome([ada, grace], [])).setAside).toEqual([]);
  });

  test("shows nothing twice that comes twice", () => {
    const once = after(welcome([], [entryAt(1)]), { type: "feed", entries: [entryAt(2), entryAt(3)] });
    const twice = roomAfter(once, { type: "feed", entries: [entryAt(2), entryAt(3)] });
    expect(twice).toBe(once);
    const overlapping = roomAfter(once, { type: "feed", entries: [entryAt(3), entryAt(4)] });
    expect(positions(overlapping)).toEqual([4, 3, 2, 1]);
  });

  test("keeps what it has after a reconnect and adds only what it missed, with the tiles as they are now", () => {
    const before = after(welcome([ada, grace], [entryAt(1), entryAt(2)]));
    const admitted = tileOf("Grace", "admitted");
    const room = roomAfter(before, welcome([ada, admitted], [entryAt(3)]));
    expect(positions(room)).toEqual([3, 2, 1]);
    expect(room.position).toBe(3);
    expect([...room.tiles.values()]).toEqual([ada, admitted]);
  });

  test("keeps the latest 500 entries and the position of the last", () => {
    const entries = Array.from({ length: 620 }, (_each, index) => entryAt(index + 1));
    const room = after(welcome([], entries));
    expect(room.feed).toHaveLength(500);
    expect(positions(room).at(0)).toBe(620);
    expect(room.position).toBe(620);
  });

  test("is not changed by answers to commands and to questions for the time", () => {
    const room = after(welcome([ada], []));
    expect(roomAfter(room, { type: "acks", acks: [] })).toBe(room);
    expect(roomAfter(room, { type: "clock", sentAt: 1, serverNow: nine })).toBe(room);
  });
});
