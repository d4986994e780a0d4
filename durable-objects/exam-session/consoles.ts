import { isSameToProctor } from "#domain/attempt/view.ts";
import type { Attempt } from "#domain/attempt/state.ts";
import type { ExamVersion } from "#domain/exam/exam-version.ts";
import type { AttemptId } from "#domain/exam/ids.ts";
import type { FeedEntry, ProctorDown } from "#protocol/session/down.ts";
import { closeCodes } from "#protocol/session/version.ts";
import { tileOf } from "./broadcast.ts";
import type { EventLog, Loaded } from "./event-log.ts";
import { feedEntryOf } from "./feed.ts";
import { heard, isGone, isHeldUp, markDue, marked, newReader, type Reader, sent } from "./reader.ts";
import type { SetAside } from "./set-aside.ts";
import { closeQuietly, type Sockets } from "./sockets.ts";
import { feedAtWelcome } from "./welcome.ts";

/** Changes within this time go to the consoles together, the latest of each attempt alone. */
const mergeMs = 100;

/** One console. `position`: the last of the feed that was sent to it. */
type Console = {
  reader: Reader;
  position: number;
  /** What it has to be told when it reads again: which tiles. Null while it reads. */
  missed: Set<AttemptId> | "all" | null;
  /** Whether its socket says that it is owed something. */
  isOwed: boolean;
};

type View = {
  readonly sockets: Sockets;
  readonly attempts: ReadonlyMap<AttemptId, Loaded>;
  readonly setAside: ReadonlyMap<AttemptId, SetAside>;
  readonly events: Pick<EventLog, "fedAfter">;
  readonly exam: () => ExamVersion;
};

export type Consoles = ReturnType<typeof createConsoles>;

/**
 * What proctors' consoles are told. The first change after a quiet moment goes at once, what follows is merged. A console
 * that does not read costs a set of ids, and gets what it missed when it reads again. A merge that waits is noted at each
 * socket: if the object ends before it is sent, the next one begins by asking how far that console has read.
 */
export function createConsoles({ sockets, attempts, setAside, events, exam }: View) {
  const consoles = new Map<WebSocket, Console>();
  /** The attempt as the consoles have it; null when its tile goes in any case. */
  let changed = new Map<AttemptId, Attempt | null>();
  let entries: FeedEntry[] = [];
  let toldAt = 0;
  let timer: ReturnType<typeof setTimeout> | null = null;

  for (const socket of sockets.proctors()) {
    const owedAfter = sockets.owedAfter(socket);
    const position = owedAfter ?? events.fedAfter(0, 1).at(-1)?.position ?? 0;
    const known: Console = {
      reader: newReader,
      position,
      missed: owedAfter === null ? null : "all",
      isOwed: owedAfter !== null,
    };
    consoles.set(socket, known);
    if (owedAfter !== null) putMark(socket, known, Date.now());
    tellSetAside(socket, known);
  }

  function tellSetAside(socket: WebSocket, to: Console): void {
    if (setAside.size === 0) return;
    const candidates = [...setAside].map(([attemptId, { name }]) => ({ attemptId, name }));
    send(socket, to, JSON.stringify({ type: "setAside", candidates } satisfies ProctorDown));
  }

  function consoleOf(socket: WebSocket): Console {
    const known = consoles.get(socket);
    if (known === undefined) throw new Error("a console that was never welcomed");
    return known;
  }

  function send(socket: WebSocket, to: Console, text: string): void {
    sockets.sendText(socket, text);
    to.reader = sent(to.reader, text.length);
  }

  function putMark(socket: WebSocket, to: Console, mark: number | null): void {
    if (mark === null) return;
    to.reader = marked(to.reader, mark);
    sockets.sendText(socket, JSON.stringify({ type: "mark", mark } satisfies ProctorDown));
  }

  /** What it was owed it has now, with a mark behind it if it is time. */
  function settle(socket: WebSocket, to: Console, now: number): void {
    if (to.isOwed) sockets.owe(socket, null);
    to.isOwed = false;
    putMark(socket, to, markDue(to.reader, now));
  }

  function owe(socket: WebSocket, to: Console): void {
    if (!to.isOwed) sockets.owe(socket, to.position);
    to.isOwed = true;
  }

  function tellChanges(): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    const now = Date.now();
    toldAt = now;
    const ids = [...changed].filter(([id, before]) => isSeen(id, before)).map(([id]) => id);
    const fresh = entries;
    changed = new Map();
    entries = [];
    const texts = textsOf(ids, fresh);
    const last = fresh.at(-1)?.position ?? null;
    for (const socket of sockets.proctors()) {
      const to = consoleOf(socket);
      if (to.missed === null && isHeldUp(to.reader, now)) to.missed = new Set();
      if (to.missed === null) {
        for (const text of texts) send(socket, to, text);
        to.position = last ?? to.position;
        settle(socket, to, now);
      } else if (isGone(to.reader, now)) {
        giveUp(socket);
      } else {
        if (to.missed !== "all") for (const id of ids) to.missed.add(id);
        owe(socket, to);
      }
    }
  }

  function giveUp(socket: WebSocket): void {
    consoles.delete(socket);
    closeQuietly(socket, closeCodes.tooSlow, "nothing was read for a minute");
  }

  /** Whether the tile is another than the one that the consoles have. */
  function isSeen(attemptId: AttemptId, before: Attempt | null): boolean {
    const after = attempts.get(attemptId);
    if (before === null || after === undefined) return true;
    if (isSameToProctor(before, after.attempt)) return false;
    const then = tileOf(attemptId, { ...after, attempt: before }, true, exam());
    return JSON.stringify(tileOf(attemptId, after, true, exam())) !== JSON.stringify(then);
  }

  function textsOf(ids: Iterable<AttemptId>, feed: readonly FeedEntry[]): readonly string[] {
    const tiles = [...ids]
      .map((id) => tileOf(id, attempts.get(id), sockets.isOnline(id, attempts.get(id)?.attempt), exam()))
      .filter((tile) => tile !== null);
    const downs: readonly ProctorDown[] = [
      ...(tiles.length > 0 ? [{ type: "tiles", tiles } as const] : []),
      ...(feed.length > 0 ? [{ type: "feed", entries: feed } as const] : []),
    ];
    return downs.map((down) => JSON.stringify(down));
  }

  function tellSoon(): void {
    const waitMs = toldAt + mergeMs - Date.now();
    if (waitMs <= 0) return tellChanges();
    if (timer !== null) return;
    for (const socket of sockets.proctors()) owe(socket, consoleOf(socket));
    timer = setTimeout(tellChanges, waitMs);
  }

  return {
    /** A tile has changed by more than its attempt: by who is connected. */
    touch(attemptId: AttemptId): void {
      if (sockets.proctors().length === 0) return;
      changed.set(attemptId, null);
      tellSoon();
    },

    /** A committed turn. `atOnce`: a proctor has done it, and looks at what becomes of it. */
    follow(
      changes: readonly { readonly attemptId: AttemptId; readonly before: Attempt | null }[],
      fed: readonly FeedEntry[],
      atOnce: boolean,
    ): void {
      if (sockets.proctors().length === 0 || changes.length + fed.length === 0) return;
      // The first of a window is what the consoles have; the tile is made when it is sent.
      for (const { attemptId, before } of changes) if (!changed.has(attemptId)) changed.set(attemptId, before);
      for (const entry of fed) entries.push(entry);
      if (atOnce) tellChanges();
      else tellSoon();
    },

    /** Before a console comes in, the others are told what waits: it is in its welcome. */
    welcome(socket: WebSocket, enter: () => Extract<ProctorDown, { type: "welcome" }>, after: number): void {
      if (timer !== null) tellChanges();
      const down = enter();
      const position = down.feed.at(-1)?.position ?? after;
      const console: Console = { reader: newReader, position, missed: null, isOwed: false };
      consoles.set(socket, console);
      send(socket, console, JSON.stringify(down));
      tellSetAside(socket, console);
      settle(socket, console, Date.now());
    },

    /** An answer to what the console itself said. */
    answer(socket: WebSocket, down: ProctorDown): void {
      const to = consoles.get(socket);
      // It went between what it said and the commit. Thrown, nobody would be told of the turn.
      if (to === undefined) return;
      const now = Date.now();
      if (isGone(to.reader, now)) return giveUp(socket);
      send(socket, to, JSON.stringify(down));
      putMark(socket, to, markDue(to.reader, now));
    },

    /** The console has read up to a mark. If the session had waited for it, it gets what it missed. */
    hear(socket: WebSocket, mark: number): void {
      const to = consoleOf(socket);
      const now = Date.now();
      to.reader = heard(to.reader, mark);
      if (to.missed === null || isHeldUp(to.reader, now) || to.reader.mark !== null) {
        return putMark(socket, to, markDue(to.reader, now));
      }
      // What waits to be merged is in the log and in the tiles already, and must not come twice.
      if (timer !== null) tellChanges();
      const missed = to.missed === "all" ? attempts.keys() : to.missed;
      const feed = events
        .fedAfter(to.position, feedAtWelcome)
        .map((each) => feedEntryOf(each, attempts.get(each.attemptId)?.attempt))
        .filter((entry) => entry !== null);
      for (const text of textsOf(missed, feed)) send(socket, to, text);
      to.position = feed.at(-1)?.position ?? to.position;
      to.missed = null;
      settle(socket, to, now);
    },

    leave(socket: WebSocket): void {
      consoles.delete(socket);
    },
  };
}
