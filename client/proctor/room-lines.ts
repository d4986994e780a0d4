import type { ProctorCommand } from "#domain/attempt/command.ts";
import type { AttemptId, ExamSessionId } from "#domain/exam/ids.ts";
import type { EpochMs } from "#domain/integrity/signal.ts";
import type { Outcome } from "#protocol/session/down.ts";
import { createReceiver, type Receiver } from "../media/receiver.ts";
import type { Phase } from "../session/connection.ts";
import { createStore, type Store } from "../session/store.ts";
import { type Asked, type ConsoleSession, createConsole } from "./console-session.ts";
import { type MergedRooms, mergedRooms, noRooms, type RoomPart } from "./merged-rooms.ts";

/** A room that is to be watched. `name` is null where the sitting has no other. */
export type WatchedRoom = { readonly examSessionId: ExamSessionId; readonly name: string | null };

/** A room's own connection. What befalls one is no matter to the others. */
export type RoomLine = WatchedRoom & { readonly session: ConsoleSession; readonly phase: Phase };

/** The console's live state, outside React: one connection for each room, shown as one. */
export type SittingConsole = {
  readonly rooms: Store<MergedRooms>;
  readonly lines: Store<readonly RoomLine[]>;
  /** What the rooms have not answered yet. */
  readonly waiting: Store<readonly Asked[]>;
  /** The server's time, as the first room that is connected tells it. */
  readonly now: Store<EpochMs>;
  /** Pictures and sound of candidates, each from their own room. */
  readonly pictures: Pick<Receiver, "watch">;
  /** Connects to rooms that are new, and leaves those that are not in the list. None: leaves all. */
  readonly follow: (rooms: readonly WatchedRoom[]) => void;
  readonly command: (attemptId: AttemptId, command: ProctorCommand) => Promise<Outcome>;
};

type Line = {
  readonly watched: WatchedRoom;
  readonly session: ConsoleSession;
  readonly receiver: Receiver;
  readonly leave: () => void;
};

export function createSittingConsole(): SittingConsole {
  const open = new Map<ExamSessionId, Line>();
  const rooms = createStore(noRooms);
  const lines = createStore<readonly RoomLine[]>([]);
  const waiting = createStore<readonly Asked[]>([]);
  const now = createStore<EpochMs>(Date.now());
  let parts: readonly RoomPart[] = [];

  function merge(): void {
    const next = [...open.values()].map(({ watched, session }) => ({
      examSessionId: watched.examSessionId,
      room: session.room.get(),
    }));
    const merged = mergedRooms(next, { parts, merged: rooms.get() });
    parts = next;
    rooms.set(merged);
  }

  function tellLines(): void {
    lines.set([...open.values()].map(({ watched, session }) => ({ ...watched, session, phase: session.phase.get() })));
  }

  function tellWaiting(): void {
    waiting.set([...open.values()].flatMap(({ session }) => session.waiting.get()));
  }

  function tellTime(): void {
    const all = [...open.values()].map(({ session }) => session);
    const told = all.find(({ phase }) => phase.get().kind === "online") ?? all[0];
    if (told !== undefined) now.set(told.now.get());
  }

  function enter(watched: WatchedRoom): Line {
    const { examSessionId } = watched;
    const session = createConsole(examSessionId);
    const receiver = createReceiver({ examSessionId });
    const endPictures = receiver.start();
    const stops = [
      session.room.subscribe(merge),
      session.waiting.subscribe(tellWaiting),
      session.now.subscribe(tellTime),
      session.phase.subscribe(() => {
        // Pictures end with the right to see them: what flows already would go on.
        if (session.phase.get().kind === "closed") endPictures();
        tellLines();
      }),
      session.open(),
      endPictures,
    ];
    return { watched, session, receiver, leave: () => stops.forEach((stop) => stop()) };
  }

  return {
    rooms,
    lines,
    waiting,
    now,
    pictures: {
      watch(seat, onChange) {
        const place = rooms.get().places.get(seat.attemptId);
        const line = place === undefined ? undefined : open.get(place);
        if (line !== undefined) return line.receiver.watch(seat, onChange);
        onChange(null, "none");
        return { release: () => {} };
      },
    },
    follow(wanted) {
      for (const [id, line] of open) {
        if (wanted.some(({ examSessionId }) => examSessionId === id)) continue;
        line.leave();
        open.delete(id);
      }
      for (const room of wanted) {
        if (!open.has(room.examSessionId)) open.set(room.examSessionId, enter(room));
      }
      merge();
      tellLines();
      tellWaiting();
    },
    command(attemptId, command) {
      const place = rooms.get().places.get(attemptId);
      const line = place === undefined ? undefined : open.get(place);
      if (line === undefined) throw new Error("a command for a candidate of no room that is watched");
      return line.session.command(attemptId, command);
    },
  };
}
