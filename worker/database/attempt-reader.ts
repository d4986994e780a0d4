import { and, eq } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { ExamVersion } from "#domain/exam/exam-version.ts";
import type { AttemptId, ExamSessionId, SittingId, TenantId } from "#domain/exam/ids.ts";
import type { CheckedIn } from "#protocol/http/sit.ts";
import { candidates, examVersions, registrations, sittings, tenants } from "./schema.ts";

/** What the database knows of an attempt beside its log. `exam` has the answer key. */
export type AttemptPlace = {
  readonly attemptId: AttemptId;
  readonly sittingId: SittingId;
  readonly examSessionId: ExamSessionId;
  readonly name: string;
  readonly exam: ExamVersion;
};

export function attemptReader(database: D1Database, tenantId: TenantId) {
  const db = drizzle(database);

  async function row(id: AttemptId) {
    const [found] = await db
      .select({
        attemptId: registrations.attemptId,
        sittingId: registrations.sittingId,
        examSessionId: registrations.examSessionId,
        name: candidates.name,
        exam: examVersions.content,
        sittingTitle: sittings.title,
        opensAt: sittings.opensAt,
        closesAt: sittings.closesAt,
        tenantName: tenants.name,
      })
      .from(registrations)
      .innerJoin(tenants, eq(tenants.id, registrations.tenantId))
      .innerJoin(
        candidates,
        and(eq(candidates.tenantId, registrations.tenantId), eq(candidates.id, registrations.candidateId)),
      )
      .innerJoin(sittings, and(eq(sittings.tenantId, registrations.tenantId), eq(sittings.id, registrations.sittingId)))
      .innerJoin(
        examVersions,
        and(eq(examVersions.tenantId, sittings.tenantId), eq(examVersions.id, sittings.examVersionId)),
      )
      .where(and(eq(registrations.tenantId, tenantId), eq(registrations.attemptId, id)));
    return found ?? null;
  }

  return {
    /** For staff: with the exam and its key. */
    async place(id: AttemptId): Promise<AttemptPlace | null> {
      const found = await row(id);
      if (found === null) return null;
      const { attemptId, sittingId, examSessionId, name, exam } = found;
      return { attemptId, sittingId, examSessionId, name, exam };
    },

    /** Whether this is the hash of the link that opens the attempt now, and whether that was made void. */
    async linkStanding(id: AttemptId, linkHash: string): Promise<"good" | "revoked" | "replaced"> {
      const [link] = await db
        .select({ revokedAt: registrations.linkRevokedAt })
        .from(registrations)
        .where(
          and(
            eq(registrations.tenantId, tenantId),
            eq(registrations.attemptId, id),
            eq(registrations.linkHash, linkHash),
          ),
        );
      if (link === undefined) return "replaced";
      return link.revokedAt === null ? "good" : "revoked";
    },

    /** For the candidate: nothing of the exam but its title and duration. */
    async checkedIn(id: AttemptId): Promise<CheckedIn | null> {
      const found = await row(id);
      if (found === null) return null;
      const { attemptId, name, tenantName, exam, sittingTitle, opensAt, closesAt } = found;
      const { title: examTitle, durationMs } = exam;
      return { attemptId, name, tenantName, examTitle, sittingTitle, opensAt, closesAt, durationMs };
    },
  };
}
