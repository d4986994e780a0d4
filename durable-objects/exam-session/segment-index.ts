import type { RecordedTrack, Segment } from "#domain/attempt/command.ts";
import type { AttemptId } from "#domain/exam/ids.ts";

type Row = {
  track: string;
  run: number;
  idx: number;
  sha256: string;
  bytes: number;
  starts_at: number;
  ends_at: number;
};

export type SegmentPlace = Pick<Segment, "track" | "run" | "index">;

/** Where each stored segment is: written with its event, so that the log never has to be searched for it. */
export function createSegmentIndex(sql: SqlStorage) {
  return {
    hashAt(attemptId: AttemptId, { track, run, index }: SegmentPlace): string | null {
      const [row] = sql
        .exec<{ sha256: string }>(
          "SELECT sha256 FROM segments WHERE attempt_id = ? AND track = ? AND run = ? AND idx = ?",
          attemptId,
          track,
          run,
          index,
        )
        .toArray();
      return row?.sha256 ?? null;
    },
    keep(attemptId: AttemptId, segment: Segment): void {
      const { track, run, index, sha256, bytes, startsAt, endsAt } = segment;
      sql.exec(
        "INSERT INTO segments (attempt_id, track, run, idx, sha256, bytes, starts_at, ends_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        attemptId,
        track,
        run,
        index,
        sha256,
        bytes,
        startsAt,
        endsAt,
      );
    },
    of(attemptId: AttemptId): readonly Segment[] {
      const rows = sql.exec<Row>("SELECT * FROM segments WHERE attempt_id = ? ORDER BY track, run, idx", attemptId);
      return [...rows].map((row) => ({
        track: row.track as RecordedTrack,
        run: row.run,
        index: row.idx,
        sha256: row.sha256,
        bytes: row.bytes,
        startsAt: row.starts_at,
        endsAt: row.ends_at,
      }));
    },
  };
}

export type SegmentIndex = ReturnType<typeof createSegmentIndex>;
