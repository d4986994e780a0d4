import { drizzle } from "drizzle-orm/d1";
import type { TenantId } from "#domain/exam/ids.ts";
import type { ServiceFailure } from "#domain/ledger/refund.ts";
import { tellLog } from "./audit/tell-log.ts";
import { ledgerReader, type Unended } from "./database/ledger-reader.ts";
import { ledgerStatements } from "./database/ledger-statement.ts";
import { tenants } from "./database/schema.ts";
import type { Env } from "./env.ts";
import { examSession } from "./exam-sessions.ts";
import { type Home, homesOf } from "./home.ts";
import { log } from "./log.ts";

type Refunding = Pick<Env, "DB" | "DB_EU" | "RECORDINGS" | "RECORDINGS_EU" | "EXAM_SESSIONS" | "TRANSPARENCY_LOGS">;

/** The schedule of wrangler.toml comes more often: an hour's first run asks. */
const hourMs = 3_600_000;
const scheduledEveryMs = 5 * 60 * 1000;

/**
 * [B16] Refunds, an hour after the last moment at which an attempt could go on, those that began and never ended because
 * the service failed. Who asks is the session that has the attempt's log: what it does not surely know is left to a person.
 */
export async function refundFailedAttempts(env: Refunding, scheduledAt: number): Promise<void> {
  if (scheduledAt % hourMs >= scheduledEveryMs) return;
  const all = await drizzle(env.DB).select({ id: tenants.id, home: tenants.home }).from(tenants);
  for (const { id, home } of all) {
    try {
      await refundIn(env, homesOf(env)[home], id);
    } catch (error) {
      // Its database or a room is away: in an hour it is asked again.
      const reason = error instanceof Error ? error.message : "not an Error";
      log({ event: "refund-failed", tenantId: id, error: reason });
    }
  }
}

async function refundIn(env: Refunding, { database }: Home, tenantId: TenantId): Promise<void> {
  const now = Date.now();
  const unended = await ledgerReader(database, tenantId).unended(now - hourMs);
  const failed: (Unended & { readonly failure: ServiceFailure })[] = [];
  for (const [examSessionId, here] of Map.groupBy(unended, (one) => one.examSessionId)) {
    const failures = await examSession(env, examSessionId).failuresOf(here.map(({ attemptId }) => attemptId));
    failed.push(
      ...here.flatMap((one) => {
        const failure = failures[one.attemptId];
        return failure === undefined ? [] : [{ ...one, failure }];
      }),
    );
  }
  if (failed.length === 0) return;
  const refunds = failed.map(
    ({ debit, failure }) => ({ kind: "refund", at: now, reason: "service-failure", failure, reverses: debit }) as const,
  );
  const [first, ...rest] = ledgerStatements(database, tenantId, refunds);
  if (first !== undefined) await drizzle(database).batch([first, ...rest]);
  await tellLog(env, tenantId);
}
