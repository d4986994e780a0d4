import { and, asc, desc, eq, gt, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { AttemptId, ExamSessionId, MemberId, TenantId } from "#domain/exam/ids.ts";
import type { EpochMs } from "#domain/integrity/signal.ts";
import type { ExamSession } from "#protocol/http/sitting.ts";
import { examSessions, examVersions, proctorAssignments, registrations, sittings, tenants } from "./schema.ts";

/** Attempts go on after a sitting closes, by their allowances. */
const consoleAfterCloseMs = 24 * 60 * 60 * 1000;

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

    /** The rooms in which the member may have a console open: those of sittings that closed a day ago at most. */
    async openRoomsOf(memberId: MemberId, now: EpochMs): Promise<readonly ExamSessionId[]> {
      const rows = await db
        .select({ id: examSessions.id })
        .from(proctorAssignments)
        .innerJoin(
          examSessions,
          and(
            eq(examSessions.tenantId, proctorAssignments.tenantId),
            eq(examSessions.id, proctorAssignments.examSessionId),
          ),
        )
        .innerJoin(sittings, and(eq(sittings.tenantId, examSessions.tenantId), eq(sittings.id, examSessions.sittingId)))
        .where(
          and(
            eq(proctorAssignments.tenantId, tenantId),
            eq(proctorAssignments.memberId, memberId),
            gt(sittings.closesAt, now - consoleAfterCloseMs),
          ),
        );
      return rows.map(({ id }) => id);
    },

    /** The rooms that the member is assigned to: the latest sitting first, its rooms by number. */
    async proctoredBy(memberId: MemberId): Promise<readonly ExamSession[]> {
      return db
        .select({
          ...summaryColumns,
          examSessionId: examSessions.id,
          candidates: examSessions.taken,
          number: examSessions.number,
          jurisdiction: examSessions.jurisdiction,
          jurisdictionAsked: tenants.jurisdiction,
        })
        .from(proctorAssignments)
        .innerJoin(tenants, eq(tenants.id, proctorAssignments.tenantId))
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
        .orderBy(desc(sittings.opensAt), desc(sittings.id), asc(examSessions.number));
    },
  };
}

const roomsOf = sql`from exam_sessions as room where room.tenant_id = sittings.tenant_id and room.sitting_id = sittings.id`;

/** What a sitting shows in a list; for a query over sittings and their exam versions. */
export const summaryColumns = {
  id: sittings.id,
  examSessionId: sql<ExamSessionId>`(select room.id ${roomsOf} order by room.number limit 1)`,
  examId: examVersions.examId,
  examVersionId: sittings.examVersionId,
  examTitle: examVersions.title,
  title: sittings.title,
  opensAt: sittings.opensAt,
  closesAt: sittings.closesAt,
  candidates: sql<number>`(select sum(room.taken) ${roomsOf})`,
  roomCount: sql<number>`(select count(*) ${roomsOf})`,
};
