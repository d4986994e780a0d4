import type { MemberId, RunId, TenantId } from "#domain/exam/ids.ts";
import { attemptClasses } from "#domain/retention/data-class.ts";
import { lastDue } from "#domain/retention/period.ts";
import { deletionWriter, type RunEnd } from "../database/deletion-writer.ts";
import { type AttemptPart, retentionReader } from "../database/retention-reader.ts";
import { tellLog } from "../audit/tell-log.ts";
import type { Env } from "../env.ts";
import type { Home } from "../home.ts";
import { log } from "../log.ts";
import { newId } from "../new-id.ts";
import { deletePart } from "./delete-part.ts";
import { eraseParts } from "./erase-person.ts";

type RetentionEnv = Pick<Env, "EXAM_SESSIONS" | "TRANSPARENCY_LOGS">;

/** Parts of attempts that a run deletes at most. Each takes some six requests to the platform, which gives a Worker 1,000. */
const partsPerRun = 120;
const entriesPerRun = 500;

/**
 * Deletes what is due in one institution, as much as one request may; the next run goes on. [D6] What fails is left as it is
 * and tried again by the next. `startedBy`: null where the schedule does; then a run that finds nothing leaves no trace.
 */
export async function runRetention(
  env: RetentionEnv,
  home: Home,
  tenantId: TenantId,
  startedBy: MemberId | null,
): Promise<RunEnd> {
  const { database } = home;
  const reader = retentionReader(database, tenantId);
  const writer = deletionWriter(database, tenantId);
  const now = Date.now();
  const periods = await reader.periods();
  await writer.forgetStaffMails(lastDue("results", periods, now));
  const found: AttemptPart[] = [];
  for (const of of attemptClasses) {
    const room = partsPerRun + 1 - found.length;
    if (room > 0) found.push(...(await reader.due(of, lastDue(of, periods, now), room)));
  }
  const entries = await reader.dueEntries(lastDue("audit", periods, now), entriesPerRun + 1);
  const unfinished = await reader.unfinishedErasures();
  if (startedBy === null && found.length + entries.length + unfinished.length === 0) {
    return { deleted: 0, failed: 0, isMore: false };
  }

  const runId = newId<RunId>();
  await writer.beginRun(runId, startedBy, now);
  let [deleted, failed] = [0, 0];
  /** Each on its own: one that fails holds up no other. */
  async function attempt(what: string, count: number, act: () => Promise<unknown>): Promise<void> {
    try {
      await act();
      deleted += count;
    } catch (error) {
      // The bucket, the session or the database is away, or the session does not give it up yet.
      failed += count;
      const reason = error instanceof Error ? error.message : "not an Error";
      log({ event: "retention-failed", tenantId, what, error: reason });
    }
  }
  for (const candidateId of unfinished) {
    await attempt(`person ${candidateId}`, 1, () => eraseParts(env, home, tenantId, candidateId));
  }
  for (const part of found.slice(0, partsPerRun)) {
    // A hold may have come since it was found.
    if (await reader.isHeld(part.attemptId)) continue;
    await attempt(`${part.of} ${part.attemptId}`, 1, () =>
      deletePart(env, home, tenantId, part, { rule: "period", days: periods[part.of] }),
    );
  }
  const some = entries.slice(0, entriesPerRun);
  if (some.length > 0) await attempt("audit", some.length, () => writer.entriesErased(some, Date.now()));

  const isMore = found.length > partsPerRun || entries.length > entriesPerRun;
  const end: RunEnd = { deleted, failed, isMore };
  await writer.endRun(runId, end, Date.now(), lastDue("audit", periods, now));
  if (deleted > 0) await tellLog(env, tenantId);
  return end;
}
