import type { Actor } from "#domain/attempt/actor.ts";
import type { AttemptId } from "#domain/exam/ids.ts";
import type { Outcome } from "#protocol/session/down.ts";

/** Ids are made by pages: each author has ids of its own, so that nobody can answer for another. */
export function authorOf(actor: Actor): string {
  return actor.kind === "proctor" ? `proctor ${actor.memberId}` : actor.kind;
}

/** What became of each command, so that one that is sent again is answered and not done again. */
export function createOutcomes(sql: SqlStorage) {
  return {
    find(attemptId: AttemptId, author: string, commandId: string): Outcome | null {
      const [row] = sql
        .exec<{ outcome: string }>(
          "SELECT outcome FROM outcomes WHERE attempt_id = ? AND author = ? AND command_id = ?",
          attemptId,
          author,
          commandId,
        )
        .toArray();
      return row === undefined ? null : (JSON.parse(row.outcome) as Outcome);
    },
    keep(attemptId: AttemptId, author: string, commandId: string, outcome: Outcome): void {
      sql.exec(
        "INSERT INTO outcomes (attempt_id, author, command_id, outcome) VALUES (?, ?, ?, ?)",
        attemptId,
        author,
        commandId,
        JSON.stringify(outcome),
      );
    },
  };
}

export type Outcomes = ReturnType<typeof createOutcomes>;
