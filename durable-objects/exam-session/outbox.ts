import type { Actor } from "#domain/attempt/actor.ts";
import type { AttemptEvent } from "#domain/attempt/event.ts";
import type { AttemptId } from "#domain/exam/ids.ts";
import { isTold, type OutboxFact, type OutboxRow } from "#protocol/outbox.ts";

/** Rows that one delivery carries at most: what D1 takes in one batch without hurry. */
const rowsPerDelivery = 50;

/** And as much of what they say, in UTF-16 code units: the score of a long exam is thousands of times a status. */
const factsPerDelivery = 256 * 1024;

const firstRetryMs = 1_000;
const longestRetryMs = 60_000;

/**
 * How long to wait after `failures` deliveries in a row that failed. `random` from 0 to 1 spreads the sessions of a
 * sitting, so that they do not all come back at once.
 */
export function retryDelayMs(failures: number, random: number): number {
  const whole = Math.min(longestRetryMs, firstRetryMs * 2 ** Math.max(0, failures - 1));
  return Math.round(whole * (0.5 + 0.5 * random));
}

type Row = { position: number; attempt_id: string; seq: number; at: number; by_actor: string | null; fact: string };

/** Facts on their way to the read model: written with the event, deleted once they were taken. */
export function createOutbox(sql: SqlStorage) {
  return {
    /** Keeps the fact if the read model is told of its kind. */
    put({ attemptId, seq, at, by, fact }: AttemptEvent & { readonly attemptId: AttemptId }): void {
      if (!isTold(fact, by)) return;
      sql.exec(
        "INSERT INTO outbox (attempt_id, seq, at, by_actor, fact) VALUES (?, ?, ?, ?, ?)",
        attemptId,
        seq,
        at,
        JSON.stringify(by),
        JSON.stringify(fact),
      );
    },

    /** The oldest rows, in order, and the position of the last: as many as one delivery carries, or one alone. */
    next(isAlone = false): { readonly rows: readonly OutboxRow[]; readonly last: number } | null {
      const found = sql.exec<Row>("SELECT * FROM outbox ORDER BY position LIMIT ?", isAlone ? 1 : rowsPerDelivery);
      const rows = thatFit(found.toArray());
      const last = rows.at(-1);
      if (last === undefined) return null;
      return {
        last: last.position,
        rows: rows.map(({ attempt_id, seq, at, by_actor, fact }) => ({
          attemptId: attempt_id as AttemptId,
          seq,
          at,
          ...(by_actor === null ? {} : { by: JSON.parse(by_actor) as Actor }),
          fact: JSON.parse(fact) as OutboxFact,
        })),
      };
    },

    taken(last: number): void {
      sql.exec("DELETE FROM outbox WHERE position <= ?", last);
    },

    isEmpty(): boolean {
      return sql.exec("SELECT 1 FROM outbox LIMIT 1").toArray().length === 0;
    },
  };
}

/** The first of them in any case: a row that were too large alone would hold up all others for ever. */
function thatFit(rows: readonly Row[]): readonly Row[] {
  let length = 0;
  return rows.filter(({ fact }, index) => {
    length += fact.length;
    return index === 0 || length <= factsPerDelivery;
  });
}

export type Outbox = ReturnType<typeof createOutbox>;
