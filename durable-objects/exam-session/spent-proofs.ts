import type { AttemptId } from "#domain/exam/ids.ts";
import type { EpochMs } from "#domain/integrity/signal.ts";

/** What is over is deleted at most so often. */
const tidyMs = 60_000;

/**
 * The proofs that browsers have shown, each for as long as it could be shown again. They are in the storage, since the
 * object may be put to rest at any moment and must not forget them by that. [G74]
 */
export function createSpentProofs({ sql }: DurableObjectStorage) {
  let tidiedAt: EpochMs = 0;

  return {
    /** False where it was spent before. */
    spendProof(attemptId: AttemptId, id: string, goodUntil: EpochMs): boolean {
      const now = Date.now();
      if (now - tidiedAt > tidyMs) {
        sql.exec("DELETE FROM spent_proofs WHERE good_until < ?", now);
        tidiedAt = now;
      }
      const insert = "INSERT INTO spent_proofs (attempt_id, id, good_until) VALUES (?, ?, ?) ON CONFLICT DO NOTHING";
      return sql.exec(insert, attemptId, id, goodUntil).rowsWritten > 0;
    },
  };
}
