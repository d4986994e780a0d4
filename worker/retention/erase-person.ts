import type { CandidateId, TenantId } from "#domain/exam/ids.ts";
import { attemptClasses } from "#domain/retention/data-class.ts";
import { byErasure, deletionWriter } from "../database/deletion-writer.ts";
import { retentionReader } from "../database/retention-reader.ts";
import type { Env } from "../env.ts";
import type { Home } from "../home.ts";
import { deletePart, NotYet } from "./delete-part.ts";

/**
 * Deletes everything of one candidate whose erasure was begun, whatever the periods say, and their name at last. [D10] It
 * was begun of each candidate who is the person: a place that they get afterwards is none of those that were asked about. Done
 * again, or after it was cut off in the middle, it does what is left. Throws what failed.
 */
export async function eraseParts(
  env: Pick<Env, "EXAM_SESSIONS">,
  home: Home,
  tenantId: TenantId,
  candidateId: CandidateId,
): Promise<void> {
  const attempts = await retentionReader(home.database, tenantId).attemptsOf(candidateId);
  for (const attempt of attempts.filter((each) => each.candidateId === candidateId)) {
    // What came after it had begun keeps what is left.
    if (attempt.isHeld || attempt.isUndecided || attempt.endedAt === null) throw new NotYet("on hold, or not over");
    for (const of of attemptClasses) await deletePart(env, home, tenantId, { ...attempt, of }, byErasure);
  }
  await deletionWriter(home.database, tenantId).personErased(candidateId, Date.now());
}
