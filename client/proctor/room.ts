import type { AttemptId } from "#domain/exam/ids.ts";
import type { FeedEntry, ProctorDown, Tile } from "#protocol/session/down.ts";

/** What the console knows of its exam session. A tile keeps its identity until it changes. */
export type Room = {
  readonly title: string | null;
  readonly tiles: ReadonlyMap<AttemptId, Tile>;
  /** Newest first, at most `feedLength`. */
  readonly feed: readonly FeedEntry[];
  /** Names of those who have no tile, because what is stored of them cannot be read. */
  readonly setAside: readonly string[];
  /** The last position seen: a reconnect asks for what came after it. */
  readonly position: number;
};

export const emptyRoom: Room = { title: null, tiles: new Map(), feed: [], setAside: [], position: 0 };

/** How many entries of the feed the console keeps; the whole of it is in the attempt's record. */
export const feedLength = 500;

/** The room after a message of the session. A message that says nothing new gives the very same room. */
export function roomAfter(room: Room, down: ProctorDown): Room {
  switch (down.type) {
    case "welcome":
      return withFeed({ ...room, title: down.title, tiles: byId(down.tiles), setAside: [] }, down.feed);
    case "tiles":
      return { ...room, tiles: new Map([...room.tiles, ...byId(down.tiles)]) };
    case "setAside":
      return { ...room, setAside: down.candidates.map(({ name }) => name) };
    case "feed":
      return withFeed(room, down.entries);
    case "acks":
    case "mark":
    case "slowDown":
    case "clock":
      return room;
  }
}

function byId(tiles: readonly Tile[]): ReadonlyMap<AttemptId, Tile> {
  return new Map(tiles.map((tile) => [tile.attemptId, tile]));
}

function withFeed(room: Room, entries: readonly FeedEntry[]): Room {
  const fresh = entries.filter(({ position }) => position > room.position);
  const last = fresh.at(-1);
  if (last === undefined) return room;
  return { ...room, feed: [...fresh.toReversed(), ...room.feed].slice(0, feedLength), position: last.position };
}
