import { holdOf, reviewStateOf } from "#domain/attempt/review.ts";
import type { Attempt } from "#domain/attempt/state.ts";
import { encodeBase64 } from "#domain/evidence/base64.ts";
import { append, emptyFrontier, type Frontier, leafHash } from "#domain/evidence/merkle.ts";
import { encodeUtf8 } from "#domain/evidence/utf8.ts";
import type { AttemptId } from "#domain/exam/ids.ts";
import type { Erased, Erasing, Erasure } from "#protocol/session/rpc.ts";
import { closeCodes } from "#protocol/session/version.ts";
import type { Loaded } from "./event-log.ts";
import { readFrontier, writeFrontier } from "./frontier-row.ts";
import { sha256 } from "./sha256.ts";
import { closeQuietly, type Sockets } from "./sockets.ts";

type ErasedRow = { tree_size: number; frontier: ArrayBuffer; erased_at: number; erased_why: string };

type Parts = {
  readonly storage: DurableObjectStorage;
  readonly attempts: Map<AttemptId, Loaded>;
  readonly setAside: Map<AttemptId, unknown>;
  readonly erased: Set<AttemptId>;
  readonly sockets: Sockets;
};

/**
 * Logs of which the events were erased. An event's text goes and its leaf's hash stays: every receipt and every checkpoint
 * still verifies, and the salt that each text had keeps the hash from telling what it was. [D7]
 */
export function createErasedLogs({ storage, attempts, setAside, erased, sockets }: Parts) {
  const { sql } = storage;

  function isTold(attemptId: AttemptId): boolean {
    return sql.exec("SELECT 1 FROM outbox WHERE attempt_id = ? LIMIT 1", attemptId).toArray().length === 0;
  }

  function erase(attemptId: AttemptId, { at, why }: Erasing): void {
    type EventRow = { position: number; text: string };
    const rows = sql.exec<EventRow>("SELECT position, text FROM events WHERE attempt_id = ? ORDER BY seq", attemptId);
    let frontier: Frontier = emptyFrontier;
    for (const { position, text } of rows.toArray()) {
      const leaf = leafHash(encodeUtf8(text), sha256);
      frontier = append(frontier, leaf, sha256);
      sql.exec("UPDATE events SET text = '', is_fed = 0, leaf = ? WHERE position = ?", leaf, position);
    }
    sql.exec(
      `INSERT OR REPLACE INTO attempts
         (attempt_id, tree_size, frontier, fold_version, snapshot_seq, snapshot, erased_at, erased_why)
       VALUES (?, ?, ?, 0, 0, '', ?, ?)`,
      attemptId,
      frontier.size,
      writeFrontier(frontier),
      at,
      why,
    );
    for (const table of ["outcomes", "segments", "spent_proofs"])
      sql.exec(`DELETE FROM ${table} WHERE attempt_id = ?`, attemptId);
  }

  return {
    /** Whether the database was told all that happened to the attempt. */
    isTold,

    /** Erased again, it stays as it was erased first. What goes on, waits for a decision or is not told to the end yet, is not. */
    eraseLog(attemptId: AttemptId, erasing: Erasing): Erasure {
      if (erased.has(attemptId)) return "erased";
      const attempt = attempts.get(attemptId)?.attempt ?? null;
      if (attempt === null && !setAside.has(attemptId)) return "unknown";
      if ((attempt !== null && !isOver(attempt)) || !isTold(attemptId)) return "not-yet";
      storage.transactionSync(() => {
        erase(attemptId, erasing);
      });
      attempts.delete(attemptId);
      setAside.delete(attemptId);
      erased.add(attemptId);
      for (const socket of sockets.candidate(attemptId)) closeQuietly(socket, closeCodes.notAllowed, "erased");
      return "erased";
    },

    /** What is left of an erased log; null where it was not. */
    erasedLog(attemptId: AttemptId): (Erased & { readonly frontier: Frontier }) | null {
      if (!erased.has(attemptId)) return null;
      const row = sql.exec<ErasedRow>("SELECT * FROM attempts WHERE attempt_id = ?", attemptId).one();
      const leaves = sql.exec<{ leaf: ArrayBuffer }>(
        "SELECT leaf FROM events WHERE attempt_id = ? ORDER BY seq",
        attemptId,
      );
      return {
        at: row.erased_at,
        why: row.erased_why === "erasure" ? "erasure" : "period",
        leaves: leaves.toArray().map(({ leaf }) => encodeBase64(new Uint8Array(leaf))),
        frontier: readFrontier(row.tree_size, row.frontier),
      };
    },
  };
}

export type ErasedLogs = ReturnType<typeof createErasedLogs>;

/** Nobody works on it any more, and nobody has to decide about it. */
function isOver(attempt: Attempt): boolean {
  if (attempt.status === "unregistered") return false;
  return !("work" in attempt) || (isClosed(attempt) && reviewStateOf(holdOf(attempt)) !== "held");
}

function isClosed({ status }: Attempt): boolean {
  return status === "handed-in" || status === "terminated";
}
