import type { AttemptEvent } from "#domain/attempt/event.ts";
import { fold } from "#domain/attempt/evolve.ts";
import { type Attempt, initialAttempt } from "#domain/attempt/state.ts";
import { append, emptyFrontier, type Frontier, leafHash } from "#domain/evidence/merkle.ts";
import { encodeUtf8 } from "#domain/evidence/utf8.ts";
import type { AttemptId } from "#domain/exam/ids.ts";
import { isFed } from "./feed.ts";
import { log } from "./log.ts";
import { type SetAside, setAsideOf } from "./set-aside.ts";
import { sha256 } from "./sha256.ts";

/** Raise it whenever `evolve` gives another state for the same events: stored snapshots are then folded anew. */
const foldVersion = 3;

/** A snapshot is stored when an attempt's log has grown by this many events since the last. */
const snapshotEvery = 100;

/**
 * A row takes 2 MB in production (https://developers.cloudflare.com/durable-objects/platform/limits/). An attempt whose
 * snapshot comes near it is folded from an older one: a snapshot saves time and nothing else.
 */
const largestSnapshotBytes = 1_500_000;

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
};

type EventRow = { position: number; attempt_id: string; text: string };

/**
 * The append-only log. An event is stored as the text whose bytes are the leaf of the attempt's tree, and the frontier
 * is stored with it, so that appending hashes O(log n) nodes and never reads the log.
 */
export function createEventLog(sql: SqlStorage) {
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
    return {
      attempt: fold(eventsAfter(attemptId, from.seq), from),
      frontier: readFrontier(row.tree_size, row.frontier),
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
     * untouched: thrown, it would keep the whole room shut. [R19]
     */
    load(): { readonly attempts: Map<AttemptId, Loaded>; readonly setAside: ReadonlyMap<AttemptId, SetAside> } {
      const attempts = new Map<AttemptId, Loaded>();
      const setAside = new Map<AttemptId, SetAside>();
      for (const row of sql.exec<AttemptRow>("SELECT * FROM attempts").toArray()) {
        const attemptId = row.attempt_id as AttemptId;
        try {
          attempts.set(attemptId, loadOne(row));
        } catch (error) {
          // Broken bytes, or a program that reads the log otherwise than the one that wrote it.
          log("attempt-set-aside", { attemptId }, error);
          setAside.set(attemptId, setAsideOf(attemptId, textsOf(attemptId)));
        }
      }
      return { attempts, setAside };
    },

    /** Appends one event and gives its session-wide position. The caller stores the new frontier with `keep`. */
    append(attemptId: AttemptId, event: AttemptEvent, frontier: Frontier): { position: number; frontier: Frontier } {
      const text = JSON.stringify(event);
      const { position } = sql
        .exec<{ position: number }>(
          "INSERT INTO events (attempt_id, seq, text, is_fed) VALUES (?, ?, ?, ?) RETURNING position",
          attemptId,
          event.seq,
          text,
          isFed(event.fact) ? 1 : 0,
        )
        .one();
      return { position, frontier: append(frontier, leafHash(encodeUtf8(text), sha256), sha256) };
    },

    /** Stores the frontier, and a snapshot when it is time for one. Gives what is now loaded. */
    keep(attemptId: AttemptId, attempt: Attempt, frontier: Frontier, snapshotSeq: number): Loaded {
      const blob = writeFrontier(frontier);
      const isDue = snapshotSeq === 0 || attempt.seq - snapshotSeq >= snapshotEvery;
      const snapshot = isDue ? JSON.stringify(attempt) : null;
      const fits = snapshot !== null && Buffer.byteLength(snapshot) <= largestSnapshotBytes;
      if (!fits) {
        sql.exec(
          "UPDATE attempts SET tree_size = ?, frontier = ? WHERE attempt_id = ?",
          frontier.size,
          blob,
          attemptId,
        );
        // One that does not fit is not tried with each turn: the next is due when the log has grown as much again.
        return { attempt, frontier, snapshotSeq: isDue ? attempt.seq : snapshotSeq };
      }
      sql.exec(
        `INSERT OR REPLACE INTO attempts (attempt_id, tree_size, frontier, fold_version, snapshot_seq, snapshot)
         VALUES (?, ?, ?, ?, ?, ?)`,
        attemptId,
        frontier.size,
        blob,
        foldVersion,
        attempt.seq,
        snapshot,
      );
      return { attempt, frontier, snapshotSeq: attempt.seq };
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
  return JSON.parse(text) as AttemptEvent;
}

function readEvent(text: string): AttemptEvent | null {
  try {
    return parseEvent(text);
  } catch {
    // Said when its attempt was loaded.
    return null;
  }
}

const hashLength = 32;

function writeFrontier({ hashes }: Frontier): ArrayBuffer {
  const bytes = new Uint8Array(hashes.length * hashLength);
  hashes.forEach((hash, index) => bytes.set(hash, index * hashLength));
  return bytes.buffer;
}

function readFrontier(size: number, blob: ArrayBuffer): Frontier {
  const count = blob.byteLength / hashLength;
  return {
    size,
    hashes: Array.from(
      { length: count },
      (_, index) => new Uint8Array(blob.slice(index * hashLength, (index + 1) * hashLength)),
    ),
  };
}
