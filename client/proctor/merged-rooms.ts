import type { AttemptId, ExamSessionId } from "#domain/exam/ids.ts";
import type { FeedEntry } from "#protocol/session/down.ts";
import { emptyRoom, feedLength, type Room } from "./room.ts";

/** Several rooms as one: everybody in them, and what happens in all of them, newest first. */
export type MergedRooms = Pick<Room, "title" | "tiles" | "feed" | "setAside"> & {
  /** The room of each candidate. */
  readonly places: ReadonlyMap<AttemptId, ExamSessionId>;
};

export type RoomPart = { readonly examSessionId: ExamSessionId; readonly room: Room };

export const noRooms: MergedRooms = { ...emptyRoom, places: new Map() };

/** What did not change since `before` stays the very same, so that nothing is drawn for it. */
export function mergedRooms(parts: readonly RoomPart[], before: { parts: readonly RoomPart[]; merged: MergedRooms }) {
  const isSame = (of: (room: Room) => unknown): boolean =>
    parts.length === before.parts.length &&
    parts.every(({ examSessionId, room }, index) => {
      const old = before.parts[index];
      return old?.examSessionId === examSessionId && of(old.room) === of(room);
    });
  const areTilesSame = isSame(({ tiles }) => tiles);
  return {
    title: parts.find(({ room }) => room.title !== null)?.room.title ?? null,
    tiles: areTilesSame ? before.merged.tiles : new Map(parts.flatMap(({ room }) => [...room.tiles])),
    places: areTilesSame ? before.merged.places : placesOf(parts),
    setAside: isSame(({ setAside }) => setAside) ? before.merged.setAside : parts.flatMap(({ room }) => room.setAside),
    feed: isSame(({ feed }) => feed) ? before.merged.feed : feedOf(parts),
  };
}

function placesOf(parts: readonly RoomPart[]): ReadonlyMap<AttemptId, ExamSessionId> {
  return new Map(
    parts.flatMap(({ examSessionId, room }) => [...room.tiles.keys()].map((id) => [id, examSessionId] as const)),
  );
}

/** Each feed is in order already. Of two that were at the same time, that of the earlier room comes first. */
function feedOf(parts: readonly RoomPart[]): readonly FeedEntry[] {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return only.room.feed;
  return parts
    .flatMap(({ room }) => room.feed)
    .toSorted((one, other) => other.at - one.at)
    .slice(0, feedLength);
}
