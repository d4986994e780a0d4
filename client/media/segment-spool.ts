import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { RecordedTrack, Segment } from "#domain/attempt/command.ts";
import type { AttemptId } from "#domain/exam/ids.ts";

/** A recorded chunk that waits on this computer. `isRefused`: the server holds other bytes in its place. */
export type SpooledSegment = Segment & {
  readonly attemptId: AttemptId;
  readonly content: ArrayBuffer;
  readonly isRefused: boolean;
};

export type SegmentPlace = Pick<Segment, "track" | "run" | "index">;

/** Chunks from the recorder to the server's acknowledgement. What was put here survives a killed browser. */
export type SegmentSpool = {
  put(segment: SpooledSegment): Promise<void>;
  /** The oldest that are to be sent, in the order of recording. */
  oldest(attemptId: AttemptId, limit: number): Promise<readonly SpooledSegment[]>;
  remove(attemptId: AttemptId, place: SegmentPlace): Promise<void>;
  /** Keeps a chunk that the server refused, and sends it no more. */
  setAside(attemptId: AttemptId, place: SegmentPlace): Promise<void>;
  count(attemptId: AttemptId): Promise<{ readonly waiting: number; readonly refused: number }>;
  /** The number of the recorder's next start: each is used once in this browser. */
  nextRun(attemptId: AttemptId, track: RecordedTrack): Promise<number>;
};

interface SpoolSchema extends DBSchema {
  segments: { key: [string, string, number, number]; value: SpooledSegment; indexes: { byTime: [string, number] } };
  runs: { key: [string, string]; value: number };
}

export async function openSegmentSpool(): Promise<SegmentSpool> {
  const db = await openDB<SpoolSchema>("invigil-recording", 1, {
    upgrade(database) {
      const segments = database.createObjectStore("segments", { keyPath: ["attemptId", "track", "run", "index"] });
      segments.createIndex("byTime", ["attemptId", "startsAt"]);
      database.createObjectStore("runs");
    },
  });
  return spoolIn(db);
}

function spoolIn(db: IDBPDatabase<SpoolSchema>): SegmentSpool {
  const ofAttempt = (attemptId: AttemptId): IDBKeyRange =>
    IDBKeyRange.bound([attemptId, -Infinity], [attemptId, Infinity]);
  return {
    async put(segment) {
      // Strict: the promise is kept only when the bytes are on the disk.
      const transaction = db.transaction("segments", "readwrite", { durability: "strict" });
      await Promise.all([transaction.store.put(segment), transaction.done]);
    },
    async oldest(attemptId, limit) {
      const found: SpooledSegment[] = [];
      let cursor = await db.transaction("segments").store.index("byTime").openCursor(ofAttempt(attemptId));
      while (cursor !== null && found.length < limit) {
        if (!cursor.value.isRefused) found.push(cursor.value);
        cursor = await cursor.continue();
      }
      return found;
    },
    remove: (attemptId, { track, run, index }) => db.delete("segments", [attemptId, track, run, index]),
    async setAside(attemptId, { track, run, index }) {
      const transaction = db.transaction("segments", "readwrite");
      const segment = await transaction.store.get([attemptId, track, run, index]);
      if (segment !== undefined) await transaction.store.put({ ...segment, isRefused: true });
      await transaction.done;
    },
    async count(attemptId) {
      let waiting = 0;
      let refused = 0;
      let cursor = await db.transaction("segments").store.index("byTime").openCursor(ofAttempt(attemptId));
      while (cursor !== null) {
        if (cursor.value.isRefused) refused += 1;
        else waiting += 1;
        cursor = await cursor.continue();
      }
      return { waiting, refused };
    },
    async nextRun(attemptId, track) {
      const transaction = db.transaction("runs", "readwrite", { durability: "strict" });
      const next = (await transaction.store.get([attemptId, track])) ?? 0;
      await Promise.all([transaction.store.put(next + 1, [attemptId, track]), transaction.done]);
      return next;
    },
  };
}
