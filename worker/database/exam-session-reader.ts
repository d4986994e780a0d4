import { and, desc, eq, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { AttemptId, ExamSessionId, MemberId, TenantId } from "#domain/exam/ids.ts";
import type { SittingSummary } from "#protocol/http/sitting.ts";
import { examSessions, examVersions, proctorAssignments, registrations, sittings } from "./schema.ts";

export function examSessionReader(database: D1Database, tenantId: TenantId) {
  const db = drizzle(database);
  return {
    /** Whether this member is assigned to the session now. A session of another tenant is one that is not there. */
    async isProctoredBy(id: ExamSessionId, memberId: MemberId): Promise<boolean> {
      const rows = await db
        .select({ id: proctorAssignments.examSessionId })
        .from(proctorAssignments)
        .where(
          and(
            eq(proctorAssignments.tenantId, tenantId),
            eq(proctorAssignments.examSessionId, id),
            eq(proctorAssignments.memberId, memberId),
          ),
        );
      return rows.length > 0;
    },

    /** The session in which an attempt takes place, null when the tenant has no such attempt. */
    async ofAttempt(attemptId: AttemptId): Promise<ExamSessionId | null> {
      const [row] = await db
        .select({ id: registrations.examSessionId })
        .from(registrations)
        .where(and(eq(registrations.tenantId, tenantId), eq(registrations.attemptId, attemptId)));
      return row?.id ?? null;
    },

    /** The sessions that the member is assigned to, latest first. */
    async proctoredBy(memberId: MemberId): Promise<readonly SittingSummary[]> {
      return db
        .select(summaryColumns)
        .from(proctorAssignments)
        .innerJoin(
          examSessions,
          and(
            eq(examSessions.tenantId, proctorAssignments.tenantId),
            eq(examSessions.id, proctorAssignments.examSessionId),
          ),
        )
        .innerJoin(sittings, and(eq(sittings.tenantId, examSessions.tenantId), eq(sittings.id, examSessions.sittingId)))
        .innerJoin(
          examVersions,
          and(eq(examVersions.tenantId, sittings.tenantId), eq(examVersions.id, sittings.examVersionId)),
        )
        .where(and(eq(proctorAssignments.tenantId, tenantId), eq(proctorAssignments.memberId, memberId)))
        .orderBy(desc(sittings.opensAt), desc(sittings.id));
    },
  };
}

/** What a sitting shows in a list; for a query over sittings, their exam versions and their sessions. */
export const summaryColumns = {
  id: sittings.id,
  examSessionId: examSessions.id,
  examId: examVersions.examId,
  examVersionId: sittings.examVersionId,
  examTitle: examVersions.title,
  title: sittings.title,
  opensAt: sittings.opensAt,
  closesAt: sittings.closesAt,
  candidates: sql<number>`(
    select count(*) from registrations
    where registrations.tenant_id = exam_sessions.tenant_id and registrations.exam_session_id = exam_sessions.id
  )`,
};
