import { drizzle } from "drizzle-orm/d1";
import type { ExamSessionId, TenantId } from "#domain/exam/ids.ts";
import type { NewEntry } from "#domain/ledger/entry.ts";
import { tellLog } from "./audit/tell-log.ts";
import { ledgerReader, type Unrefunded } from "./database/ledger-reader.ts";
import { ledgerStatements } from "./database/ledger-statement.ts";
import type { Env } from "./env.ts";
import { examSession } from "./exam-sessions.ts";
import { type Home, homesOf } from "./home.ts";
import { faultOf, log } from "./log.ts";
import { tenantsInTurn } from "./tenants-in-turn.ts";

type Refunding = Pick<Env, "DB" | "DB_EU" | "RECORDINGS" | "RECORDINGS_EU" | "EXAM_SESSIONS" | "TRANSPARENCY_LOGS">;

/** The schedule of wrangler.toml comes more often: an hour's first run asks. */
const hourMs = 3_600_000;
const scheduledEveryMs = 5 * 60 * 1000;

/**
 * [B16] Refunds, an hour after the last moment at which an attempt could go on, those that began and never ended because
 * the service failed. Who is asked is the session that has the attempt's log: what it does not surely know is left to a person.
 */
export async function refundFailedAttempts(env: Refunding, scheduledAt: number): Promise<void> {
  if (scheduledAt % hourMs >= scheduledEveryMs) return;
  for (const { id, home } of await tenantsInTurn(env.DB, scheduledAt, hourMs)) {
    try {
      await refundIn(env, homesOf(env)[home], id);
    } catch (error) {
      notRefunded(id, null, error);
    }
  }
}

/** One room that cannot be asked holds no other up: what is found in a room is entered before the next is asked. */
async function refundIn(env: Refunding, { database }: Home, tenantId: TenantId): Promise<void> {
  const unended = await ledgerReader(database, tenantId).unended(Date.now() - hourMs);
  let hasEntered = false;
  for (const [examSessionId, here] of Map.groupBy(unended, (one) => one.examSessionId)) {
    try {
      const refunds = await refundsOf(env, examSessionId, here);
      if (refunds.length === 0) continue;
      const [first, ...rest] = ledgerStatements(database, tenantId, refunds);
      if (first !== undefined) await drizzle(database).batch([first, ...rest]);
      hasEntered = true;
    } catch (error) {
      notRefunded(tenantId, examSessionId, error);
    }
  }
  if (hasEntered) await tellLog(env, tenantId);
}

/** What is to be given back of one room. */
async function refundsOf(
  env: Refunding,
  examSessionId: ExamSessionId,
  here: readonly Unrefunded[],
): Promise<NewEntry[]> {
  const failures = await examSession(env, examSessionId).failuresOf(here.map(({ attemptId }) => attemptId));
  const at = Date.now();
  return here.flatMap(({ attemptId, debit }): NewEntry[] => {
    const failure = failures[attemptId];
    return failure === undefined ? [] : [{ kind: "refund", at, reason: "service-failure", failure, reverses: debit }];
  });
}

/** The database or a room is away, or the run has used up what it may: in an hour it is asked again. */
function notRefunded(tenantId: TenantId, examSessionId: ExamSessionId | null, error: unknown): void {
  const reason = error instanceof Error ? faultOf(error).error : "not an Error";
  log({ event: "refund-failed", tenantId, examSessionId, error: reason });
}
