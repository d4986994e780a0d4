import type { Actor } from "#domain/attempt/actor.ts";
import type { AttemptId } from "#domain/exam/ids.ts";
import type { Outcome } from "#protocol/session/down.ts";

/** Ids are made by pages: each author has ids of its own, so that nobody can answer for another. */
export function authorOf(actor: Actor): string {
  return actor.kind === "proctor" ? `proctor ${actor.memberId}` : actor.kind;
}

/** A command as its page sent it. */
export type Asked = { readonly attemptId: AttemptId; readonly author: string; readonly commandId: string };

/** One word for a command, to look it up by. */
export function wordOf({ attemptId, author, commandId }: Asked): string {
  return `${attemptId} ${author} ${commandId}`;
}

type Row = { attempt_id: string; author: string; command_id: string; outcome: string };

/**
 * What became of each command, so that one that is sent again is answered and not done again. A whole turn is read and
 * written with one statement each: the call into the database costs more than the row.
 */
export function createOutcomes(sql: SqlStorage) {
  return {
    /** The outcomes of those that were answered in an earlier turn, by `wordOf`. */
    findAll(asked: readonly Asked[]): Map<string, Outcome> {
      if (asked.length === 0) return new Map();
      const rows = sql.exec<Row>(
        `SELECT attempt_id, author, command_id, outcome FROM json_each(?) AS asked CROSS JOIN outcomes
         WHERE attempt_id = asked.value ->> 0 AND author = asked.value ->> 1 AND command_id = asked.value ->> 2`,
        JSON.stringify(asked.map(({ attemptId, author, commandId }) => [attemptId, author, commandId])),
      );
      return new Map(
        [...rows].map(({ attempt_id, author, command_id, outcome }) => [
          wordOf({ attemptId: attempt_id as AttemptId, author, commandId: command_id }),
          JSON.parse(outcome) as Outcome,
        ]),
      );
    },

    keepAll(answered: readonly (Asked & { readonly outcome: Outcome })[]): void {
      if (answered.length === 0) return;
      sql.exec(
        `INSERT INTO outcomes (attempt_id, author, command_id, outcome)
         SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3 FROM json_each(?)`,
        JSON.stringify(
          answered.map(({ attemptId, author, commandId, outcome }) => [
            attemptId,
            author,
            commandId,
            JSON.stringify(outcome),
          ]),
        ),
      );
    },
  };
}

export type Outcomes = ReturnType<typeof createOutcomes>;
