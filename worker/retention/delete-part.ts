import type { TenantId } from "#domain/exam/ids.ts";
import { deletionWriter, type DeletionRule } from "../database/deletion-writer.ts";
import type { AttemptPart } from "../database/retention-reader.ts";
import type { Env } from "../env.ts";
import { shred } from "../evidence/shred.ts";
import { examSession } from "../exam-sessions.ts";
import type { Home } from "../home.ts";

/** It cannot go now, and will be tried again. */
export class NotYet extends Error {}

/**
 * Deletes one part of an attempt where it is, and then says so, in one batch with the rows that go too. [D6] Cut off between,
 * the next one finds what is left of it, deletes that and says it. Throws what failed; nothing is said to be deleted then.
 */
export async function deletePart(
  env: Pick<Env, "EXAM_SESSIONS">,
  home: Home,
  tenantId: TenantId,
  part: AttemptPart,
  why: DeletionRule,
): Promise<void> {
  const now = Date.now();
  const objects = await deleteThere(env, home, tenantId, part, why, now);
  await deletionWriter(home.database, tenantId).partDeleted(part, why, objects, now);
}

async function deleteThere(
  env: Pick<Env, "EXAM_SESSIONS">,
  { recordings }: Home,
  tenantId: TenantId,
  { attemptId, examSessionId, of }: AttemptPart,
  { rule: why }: DeletionRule,
  at: number,
): Promise<number> {
  switch (of) {
    case "recordings":
    case "snapshots":
    case "identity":
      return shred(recordings, { tenantId, attemptId }, of);
    case "answers": {
      const erasure = await examSession(env, examSessionId).eraseLog(attemptId, { at, why });
      if (erasure === "not-yet") throw new NotYet("the session does not give it up yet");
      return 0;
    }
    case "results":
      return 0;
  }
}
