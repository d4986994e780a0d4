import { type IDBPDatabase, openDB } from "idb";
import type { RecordedTrack, Segment } from "#domain/attempt/command.ts";
import type { AttemptId } from "#domain/exam/ids.ts";

export type SegmentPlace = Pick<Segment, "track" | "run" | "index">;

/** Chunks from the recorder to the server's acknowledgement. What was put here survives a killed browser. */
export type SegmentSpool = {
  /** Resolves when the bytes are on the disk. */
  put(attemptId: AttemptId, segment: Segment, content: ArrayBuffer): Promise<void>;
  /** The oldest of a track that are to be sent, in the order of recording. */
  oldest(attemptId: AttemptId, track: RecordedTrack, limit: number): Promise<readonly Segment[]>;
  /** Null when it is gone: another page of this attempt may have sent it. */
  content(attemptId: AttemptId, place: SegmentPlace): Promise<ArrayBuffer | null>;
  remove(attemptId: AttemptId, place: SegmentPlace): Promise<void>;
  /** Keeps a chunk that the server does not take, and sends it no more. */
  setAside(attemptId: AttemptId, place: SegmentPlace): Promise<void>;
  count(attemptId: AttemptId): Promise<{ readonly waiting: number; readonly refused: number }>;
  /** The number of the recorder's next start, at least `atLeast`: each is given once in this browser. */
  nextRun(attemptId: AttemptId, track: RecordedTrack, atLeast: number): Promise<number>;
};

/** IndexedDB counts in 32 bits and throws a TypeError for more. */
const mostCounted = 0xffff_ffff;

type Standing = "waiting" | "refused";
type Kept = Segment & { readonly attemptId: AttemptId; readonly standing: Standing };
type Key = [attemptId: string, track: string, run: number, index: number];

type SpoolSchema = {
  /** Without the bytes, so that looking through them stays cheap after hours without a network. */
  segments: { key: Key; value: Kept; indexes: { byStanding: [string, string, string, number, number] } };
  contents: { key: Key; value: ArrayBuffer };
  runs: { key: [attemptId: string, track: string]; value: number };
};

export async function openSegmentSpool(): Promise<SegmentSpool> {
  const db = await openDB<SpoolSchema>("invigil-recording", 1, {
    upgrade(database) {
      const segments = database.createObjectStore("segments", { keyPath: ["attemptId", "track", "run", "index"] });
      segments.createIndex("byStanding", ["attemptId", "standing", "track", "run", "index"]);
      database.createObjectStore("contents");
      database.createObjectStore("runs");
    },
  });
  return spoolIn(db);
}

function spoolIn(db: IDBPDatabase<SpoolSchema>): SegmentSpool {
  return {
    async put(attemptId, segment, content) {
      // Strict: the promise is kept only when the bytes are on the disk.
      const transaction = db.transaction(["segments", "contents"], "readwrite", { durability: "strict" });
      await Promise.all([
        transaction.objectStore("segments").put({ ...segment, attemptId, standing: "waiting" }),
        transaction.objectStore("contents").put(content, keyOf(attemptId, segment)),
        transaction.done,
      ]);
    },
    async oldest(attemptId, track, limit) {
      const kept = await db.getAllFromIndex(
        "segments",
        "byStanding",
        below(attemptId, "waiting", track),
        Math.min(limit, mostCounted),
      );
      return kept.map(({ attemptId: _attempt, standing: _standing, ...segment }) => segment);
    },
    content: async (attemptId, place) => (await db.get("contents", keyOf(attemptId, place))) ?? null,
    async remove(attemptId, place) {
      const transaction = db.transaction(["segments", "contents"], "readwrite");
      await Promise.all([
        transaction.objectStore("segments").delete(keyOf(attemptId, place)),
        transaction.objectStore("contents").delete(keyOf(attemptId, place)),
        transaction.done,
      ]);
    },
    async setAside(attemptId, place) {
      const transaction = db.transaction("segments", "readwrite");
      const kept = await transaction.store.get(keyOf(attemptId, place));
      if (kept !== undefined) await transaction.store.put({ ...kept, standing: "refused" });
      await transaction.done;
    },
    async count(attemptId) {
      const [waiting, refused] = await Promise.all([
        db.countFromIndex("segments", "byStanding", below(attemptId, "waiting")),
        db.countFromIndex("segments", "byStanding", below(attemptId, "refused")),
      ]);
      return { waiting, refused };
    },
    async nextRun(attemptId, track, atLeast) {
      const transaction = db.transaction("runs", "readwrite", { durability: "strict" });
      const next = Math.max(atLeast, (await transaction.store.get([attemptId, track])) ?? 0);
      await Promise.all([transaction.store.put(next + 1, [attemptId, track]), transaction.done]);
      return next;
    },
  };
}

function keyOf(attemptId: AttemptId, { track, run, index }: SegmentPlace): Key {
  return [attemptId, track, run, index];
}

/** All keys that begin with `start`: IndexedDB sorts an array behind every number and string. */
function below(...start: readonly string[]): IDBKeyRange {
  return IDBKeyRange.bound(start, [...start, []]);
}
