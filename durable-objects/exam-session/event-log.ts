import { randomBytes } from "node:crypto";
import type { AttemptEvent } from "#domain/attempt/event.ts";
import { fold } from "#domain/attempt/evolve.ts";
import { type Attempt, initialAttempt } from "#domain/attempt/state.ts";
import { append, emptyFrontier, type Frontier, leafHash } from "#domain/evidence/merkle.ts";
import { encodeUtf8 } from "#domain/evidence/utf8.ts";
import type { AttemptId } from "#domain/exam/ids.ts";
import { isFed } from "./feed.ts";
import { readFrontier, writeFrontier } from "./frontier-row.ts";
import { log } from "./log.ts";
import { type SetAside, setAsideOf } from "./set-aside.ts";
import { sha256 } from "./sha256.ts";

/** Raise it whenever `evolve` gives another state for the same events: stored snapshots are then folded anew. */
const foldVersion = 9;

/** A snapshot is stored when an attempt's log has grown by this many events since the last. */
const snapshotEvery = 100;

/**
 * A row takes 2 MB in production (https://developers.cloudflare.com/durable-objects/platform/limits/). An attempt whose
 * snapshot comes near it is folded from an older one: a snapshot saves time and nothing else.
 */
const largestSnapshotBytes = 1_500_000;

/** So much of each text nobody can guess: when it is erased, its hash stays behind and tells nothing of it. [D7] */
const saltBytes = 16;

/** An attempt as the log has it: its state, and the frontier of its Merkle tree. */
export type Loaded = { readonly attempt: Attempt; readonly frontier: Frontier; readonly snapshotSeq: number };

export const nothingLoaded: Loaded = { attempt: initialAttempt, frontier: emptyFrontier, snapshotSeq: 0 };

export type Positioned = { readonly position: number; readonly attemptId: AttemptId; readonly event: AttemptEvent };

type AttemptRow = {
  attempt_id: string;
  tree_size: number;
  frontier: ArrayBuffer;
  fold_version: number;
  snapshot_seq: number;
  snapshot: string;
  erased_at: number | null;
};

type EventRow = { position: number; attempt_id: string; text: string };

/** An event that a turn appended, as it will be stored. */
export type Appended = { readonly attemptId: AttemptId; readonly event: AttemptEvent; readonly text: string };

/**
 * The append-only log. An event is stored as the text whose bytes are the leaf of the attempt's tree. The tree's frontier
 * is in memory and stored with each snapshot, so that appending hashes O(log n) nodes and never reads the log.
 */
export function createEventLog(sql: SqlStorage) {
  let last = sql.exec<{ last: number | null }>("SELECT max(position) AS last FROM events").one().last ?? 0;

  function textsAfter(attemptId: AttemptId, seq: number): readonly string[] {
    const rows = sql.exec<{ text: string }>(
      "SELECT text FROM events WHERE attempt_id = ? AND seq > ? ORDER BY seq",
      attemptId,
      seq,
    );
    return [...rows].map(({ text }) => text);
  }

  function eventsAfter(attemptId: AttemptId, seq: number): readonly AttemptEvent[] {
    return textsAfter(attemptId, seq).map(parseEvent);
  }

  function loadOne(row: AttemptRow): Loaded {
    const attemptId = row.attempt_id as AttemptId;
    const isCurrent = row.fold_version === foldVersion;
    const from = isCurrent ? (JSON.parse(row.snapshot) as Attempt) : initialAttempt;
    const known = Math.min(from.seq, row.tree_size);
    const texts = textsAfter(attemptId, known);
    return {
      attempt: fold(texts.slice(from.seq - known).map(parseEvent), from),
      frontier: texts.slice(row.tree_size - known).reduce(withLeaf, readFrontier(row.tree_size, row.frontier)),
      snapshotSeq: isCurrent ? row.snapshot_seq : 0,
    };
  }

  function textsOf(attemptId: AttemptId): Iterable<string> {
    const rows = sql.exec<{ text: string }>("SELECT text FROM events WHERE attempt_id = ? ORDER BY seq", attemptId);
    return rows.toArray().map(({ text }) => text);
  }

  return {
    /**
     * Every attempt of the session, folded from its snapshot and what came after. One that cannot be folded is set aside,
     * untouched: thrown, it would keep the whole room shut. [R19] Of one that was erased there is nothing to fold.
     */
    load() {
      const attempts = new Map<AttemptId, Loaded>();
      const setAside = new Map<AttemptId, SetAside>();
      const erased = new Set<AttemptId>();
      for (const row of sql.exec<AttemptRow>("SELECT * FROM attempts").toArray()) {
        const attemptId = row.attempt_id as AttemptId;
        if (row.erased_at !== null) {
          erased.add(attemptId);
          continue;
        }
        try {
          attempts.set(attemptId, loadOne(row));
        } catch (error) {
          // Broken bytes, or a program that reads the log otherwise than the one that wrote it.
          log("attempt-set-aside", { attemptId }, error);
          setAside.set(attemptId, setAsideOf(attemptId, textsOf(attemptId)));
        }
      }
      return { attempts, setAside, erased };
    },

    /** The text of an event, which is what is stored, and the frontier with it. Nothing is written yet. */
    append(event: AttemptEvent, frontier: Frontier): { readonly text: string; readonly frontier: Frontier } {
      const text = JSON.stringify({ ...event, salt: randomBytes(saltBytes).toString("base64url") });
      return { text, frontier: withLeaf(frontier, text) };
    },

    /** Writes what a turn appended, in one statement, and says where each event stands in the whole session. */
    write(appended: readonly Appended[]): readonly Positioned[] {
      if (appended.length === 0) return [];
      const first = last + 1;
      sql.exec(
        `INSERT INTO events (position, attempt_id, seq, text, is_fed)
         SELECT ? + key, value ->> 0, value ->> 1, value ->> 2, value ->> 3 FROM json_each(?)`,
        first,
        JSON.stringify(
          appended.map(({ attemptId, event, text }) => [attemptId, event.seq, text, isFed(event.fact) ? 1 : 0]),
        ),
      );
      // A turn that is rolled back after this leaves a gap, and positions only have to grow.
      last += appended.length;
      return appended.map(({ attemptId, event }, index) => ({ position: first + index, attemptId, event }));
    },

    /**
     * Stores a snapshot and the frontier when it is time for one: both are made anew from the events that came after.
     * Gives what is now loaded.
     */
    keep(attemptId: AttemptId, attempt: Attempt, frontier: Frontier, snapshotSeq: number): Loaded {
      const isDue = snapshotSeq === 0 || attempt.seq - snapshotSeq >= snapshotEvery;
      if (!isDue) return { attempt, frontier, snapshotSeq };
      const snapshot = JSON.stringify(attempt);
      // One that does not fit is not tried with each turn: the next is due when the log has grown as much again.
      const kept = { attempt, frontier, snapshotSeq: attempt.seq };
      if (Buffer.byteLength(snapshot) > largestSnapshotBytes) return kept;
      sql.exec(
        `INSERT OR REPLACE INTO attempts (attempt_id, tree_size, frontier, fold_version, snapshot_seq, snapshot)
         VALUES (?, ?, ?, ?, ?, ?)`,
        attemptId,
        frontier.size,
        writeFrontier(frontier),
        foldVersion,
        attempt.seq,
        snapshot,
      );
      return kept;
    },

    eventsOf: (attemptId: AttemptId) => eventsAfter(attemptId, 0),

    /** The leaves of the attempt's tree, as they are stored. */
    textsOf: (attemptId: AttemptId) => textsAfter(attemptId, 0),

    /** Of the session's events that the feed shows, those after a position: the newest `limit`, oldest first. */
    fedAfter(position: number, limit: number): readonly Positioned[] {
      const rows = sql.exec<EventRow>(
        `SELECT position, attempt_id, text FROM events
         WHERE is_fed = 1 AND position > ? ORDER BY position DESC LIMIT ?`,
        position,
        limit,
      );
      // One that cannot be read is of an attempt that was set aside.
      return [...rows]
        .flatMap((row) => {
          const event = readEvent(row.text);
          return event === null ? [] : [{ position: row.position, attemptId: row.attempt_id as AttemptId, event }];
        })
        .toReversed();
    },
  };
}

export type EventLog = ReturnType<typeof createEventLog>;

/** The log holds only what `append` wrote, and golden files keep old events readable. */
function parseEvent(text: string): AttemptEvent {
  const { seq, at, by, fact } = JSON.parse(text) as AttemptEvent;
  return { seq, at, by, fact };
}

function readEvent(text: string): AttemptEvent | null {
  try {
    return parseEvent(text);
  } catch {
    // Said when its attempt was loaded.
    return null;
  }
}

function withLeaf(frontier: Frontier, text: string): Frontier {
  return append(frontier, leafHash(encodeUtf8(text), sha256), sha256);
}
