import { WorkerEntrypoint } from "cloudflare:workers";
import { and, eq, inArray, lt, sql, type SQL } from "drizzle-orm";
import type { BatchItem } from "drizzle-orm/batch";
import { drizzle } from "drizzle-orm/d1";
import type { ReviewState } from "#domain/attempt/review.ts";
import type { AttemptStatus } from "#domain/attempt/state.ts";
import type { ExamSessionId, TenantId } from "#domain/exam/ids.ts";
import type { OutboxDelivery, OutboxFact, OutboxRow } from "#protocol/outbox.ts";
import type { ReadModelRpc } from "#protocol/session/rpc.ts";
import type { Env } from "../env.ts";
import { homeOf } from "../home.ts";
import { log } from "../log.ts";
import { entryOfFact } from "../audit/fact-entry.ts";
import { tellLog } from "../audit/tell-log.ts";
import { queueDue } from "../outgoing/queue-due.ts";
import { auditStatement } from "./audit-statement.ts";
import { ledgerStatements } from "./ledger-statement.ts";
import { refundTechnicalEnds } from "./refund-technical-ends.ts";
import { itemScores, violations } from "./outcome-schema.ts";
import { attempts } from "./schema.ts";

/** What exam sessions tell through the binding of the Worker to itself. */
export class ReadModel extends WorkerEntrypoint<Env> implements ReadModelRpc {
  async take(delivery: OutboxDelivery): Promise<void> {
    const { database } = await homeOf(this.env, delivery.tenantId);
    await takeDelivery(database, delivery);
    // Thrown, it all comes again: the log is told of each fact at least once.
    if (delivery.rows.length > 0) await tellLog(this.env, delivery.tenantId);
    await queueDue(this.env, delivery.tenantId);
  }
}

/**
 * Takes a delivery into the read model and the audit in one batch, all or nothing, and then gives back what is to be given
 * back, which follows from it. It may come again, and late: a status follows the
 * highest `seq` alone, and what is written once (opened, closed, score, violation) is the same whenever it comes. Facts
 * of an attempt that this tenant does not have in that session are left out and logged: thrown, they would block the
 * session's outbox for ever.
 */
async function takeDelivery(database: D1Database, delivery: OutboxDelivery): Promise<void> {
  if (delivery.rows.length === 0) return;
  const statements = delivery.rows.flatMap((row) => statementsFor(database, delivery, row));
  await drizzle(database).batch([auditOf(database, delivery), ...statements, ...debitsOf(database, delivery)]);
  await refundTechnicalEnds(database, delivery);
  await logStrangers(database, delivery);
}

/** [L6] Each fact is an entry of the audit, once, however often it is told. */
function auditOf(database: D1Database, { tenantId, examSessionId, rows }: OutboxDelivery): BatchItem<"sqlite"> {
  const entries = rows.map((row) => ({ source: `${row.attemptId}:${row.seq}`, entry: entryOfFact(row) }));
  const isOurs = hasAttempt(tenantId, examSessionId, sql`value ->> '$.entry' ->> '$.on.id'`);
  return auditStatement(database, tenantId, entries, isOurs);
}

/** [B10] An attempt whose paper opened is debited, once, whatever the balance: nobody stops an exam for it. */
function debitsOf(database: D1Database, { tenantId, examSessionId, rows }: OutboxDelivery): BatchItem<"sqlite">[] {
  const debits = rows.flatMap(({ attemptId, at, fact }) =>
    fact.type === "paperOpened" ? [{ kind: "debit", attemptId, at } as const] : [],
  );
  if (debits.length === 0) return [];
  const isOurs = hasAttempt(tenantId, examSessionId, sql`value ->> 'attemptId'`);
  return ledgerStatements(database, tenantId, debits, isOurs);
}

function hasAttempt(tenantId: TenantId, examSessionId: ExamSessionId, id: SQL): SQL {
  return sql`exists (
    select 1 from ${attempts} where tenant_id = ${tenantId} and exam_session_id = ${examSessionId} and id = ${id}
  )`;
}

function statementsFor(database: D1Database, delivery: OutboxDelivery, row: OutboxRow): BatchItem<"sqlite">[] {
  const db = drizzle(database);
  const its = itsAttempt(delivery, row);
  const statements: BatchItem<"sqlite">[] = [];
  const { fact } = row;
  switch (fact.type) {
    case "paperOpened":
      statements.push(
        db
          .update(attempts)
          .set({ openedAt: sql`coalesce(${attempts.openedAt}, ${row.at})` })
          .where(its),
      );
      break;
    case "handedIn":
    case "terminated":
      statements.push(
        db
          .update(attempts)
          .set({ closedAt: sql`coalesce(${attempts.closedAt}, ${row.at})` })
          .where(its),
      );
      break;
    case "scored":
      statements.push(
        db.update(attempts).set({ points: fact.score.points, outOf: fact.score.outOf }).where(its),
        // One statement whatever the number of items: a statement of D1 takes 100 parameters at most.
        db
          .insert(itemScores)
          .select(
            sql`select ${attempts.tenantId}, ${attempts.id}, value ->> 'itemId', value ->> 'points', value ->> 'outOf', value ->> 'answered'
              from ${attempts}, json_each(${JSON.stringify(fact.score.items)}) where ${its}`,
          )
          .onConflictDoNothing(),
      );
      break;
    case "violationNoted": {
      const { kind, severity, reason, from, notedAt, confidence } = fact.violation;
      statements.push(
        db
          .insert(violations)
          .select(
            sql`select ${attempts.tenantId}, ${attempts.id}, ${row.seq}, ${kind}, ${severity}, ${reason}, ${from}, ${notedAt}, ${confidence}
              from ${attempts} where ${its}`,
          )
          .onConflictDoNothing(),
      );
      break;
    }
    case "heldForReview":
      statements.push(reviewStatement(database, its, row.seq, "held"));
      break;
    case "reviewDecided":
      if (fact.settles) statements.push(reviewStatement(database, its, row.seq, fact.verdict));
      break;
    case "consentGiven":
    case "admissionRequested":
    case "admitted":
    case "denied":
    case "paused":
    case "resumed":
    case "warned":
    case "messageSent":
    case "timeGiven":
    case "accommodated":
    case "browserReleased":
    case "browserBound":
    case "takeOverRefused":
    case "identityAskedAgain":
      break;
  }
  const status = statusAfter(fact);
  if (status !== null) {
    const isNewer = and(its, lt(attempts.statusSeq, row.seq));
    statements.push(db.update(attempts).set({ status, statusSeq: row.seq }).where(isNewer));
  }
  return statements;
}

/** [A138] How a result stands follows the highest `seq` alone, as a status does. */
function reviewStatement(database: D1Database, its: SQL | undefined, seq: number, review: ReviewState) {
  const isNewer = and(its, lt(attempts.reviewSeq, seq));
  return drizzle(database).update(attempts).set({ review, reviewSeq: seq }).where(isNewer);
}

/** The status that an attempt has after the fact; null when the fact leaves it as it was. */
function statusAfter(fact: OutboxFact): AttemptStatus | null {
  switch (fact.type) {
    case "consentGiven":
      return "consented";
    case "admissionRequested":
      return "waiting";
    case "admitted":
      return "admitted";
    // Who waited to be let in, or was, goes back to before that. [A143]
    case "identityAskedAgain":
      return "checked";
    case "denied":
      return "denied";
    case "paperOpened":
    case "resumed":
      return "open";
    case "paused":
      return "paused";
    case "handedIn":
      return "handed-in";
    case "terminated":
      return "terminated";
    case "violationNoted":
    case "scored":
    case "heldForReview":
    case "reviewDecided":
    case "warned":
    case "messageSent":
    case "timeGiven":
    case "accommodated":
    case "browserReleased":
    case "browserBound":
    case "takeOverRefused":
      return null;
  }
}

function itsAttempt({ tenantId, examSessionId }: OutboxDelivery, { attemptId }: Pick<OutboxRow, "attemptId">) {
  return and(eq(attempts.tenantId, tenantId), eq(attempts.examSessionId, examSessionId), eq(attempts.id, attemptId));
}

async function logStrangers(database: D1Database, { tenantId, examSessionId, rows }: OutboxDelivery): Promise<void> {
  const ids = [...new Set(rows.map(({ attemptId }) => attemptId))];
  // 100 bound parameters a statement, and two of them are the tenant and the session.
  for (let start = 0; start < ids.length; start += 90) {
    const asked = ids.slice(start, start + 90);
    const known = await drizzle(database)
      .select({ id: attempts.id })
      .from(attempts)
      .where(
        and(eq(attempts.tenantId, tenantId), eq(attempts.examSessionId, examSessionId), inArray(attempts.id, asked)),
      );
    for (const attemptId of asked.filter((id) => !known.some((attempt) => attempt.id === id))) {
      log({ event: "facts-without-attempt", tenantId, examSessionId, attemptId });
    }
  }
}
