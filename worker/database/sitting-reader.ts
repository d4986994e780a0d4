import { and, asc, desc, eq, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { SittingId, TenantId } from "#domain/exam/ids.ts";
import type { Result, Sitting, SittingSummary } from "#protocol/http/sitting.ts";
import { summaryColumns } from "./exam-session-reader.ts";
import {
  attempts,
  candidates,
  examSessions,
  examVersions,
  members,
  proctorAssignments,
  registrations,
  sittings,
} from "./schema.ts";

export function sittingReader(database: D1Database, tenantId: TenantId) {
  const db = drizzle(database);
  const summaries = () =>
    db
      .select(summaryColumns)
      .from(sittings)
      .innerJoin(
        examSessions,
        and(eq(examSessions.tenantId, sittings.tenantId), eq(examSessions.sittingId, sittings.id)),
      )
      .innerJoin(
        examVersions,
        and(eq(examVersions.tenantId, sittings.tenantId), eq(examVersions.id, sittings.examVersionId)),
      );

  async function summary(id: SittingId): Promise<SittingSummary | null> {
    const [row] = await summaries().where(and(eq(sittings.tenantId, tenantId), eq(sittings.id, id)));
    return row ?? null;
  }

  return {
    summary,

    /** The latest window first. */
    async list(): Promise<readonly SittingSummary[]> {
      return summaries().where(eq(sittings.tenantId, tenantId)).orderBy(desc(sittings.opensAt), desc(sittings.id));
    },

    async byId(id: SittingId): Promise<Sitting | null> {
      const sitting = await summary(id);
      if (sitting === null) return null;
      const [registered, proctors] = await db.batch([
        db
          .select({
            id: registrations.id,
            candidateId: registrations.candidateId,
            attemptId: registrations.attemptId,
            name: candidates.name,
            email: candidates.email,
          })
          .from(registrations)
          .innerJoin(
            candidates,
            and(eq(candidates.tenantId, registrations.tenantId), eq(candidates.id, registrations.candidateId)),
          )
          .where(and(eq(registrations.tenantId, tenantId), eq(registrations.sittingId, id)))
          .orderBy(asc(candidates.name), asc(registrations.id)),
        db
          .selectDistinct({ memberId: members.id, name: members.name, email: members.email })
          .from(proctorAssignments)
          .innerJoin(
            examSessions,
            and(
              eq(examSessions.tenantId, proctorAssignments.tenantId),
              eq(examSessions.id, proctorAssignments.examSessionId),
            ),
          )
          .innerJoin(
            members,
            and(eq(members.tenantId, proctorAssignments.tenantId), eq(members.id, proctorAssignments.memberId)),
          )
          .where(and(eq(proctorAssignments.tenantId, tenantId), eq(examSessions.sittingId, id)))
          .orderBy(asc(members.name), asc(members.id)),
      ]);
      return { ...sitting, registrations: registered, proctors };
    },

    /** One row for each candidate, by name. */
    async results(id: SittingId): Promise<readonly Result[]> {
      return db
        .select({
          attemptId: attempts.id,
          name: candidates.name,
          status: attempts.status,
          openedAt: attempts.openedAt,
          closedAt: attempts.closedAt,
          points: attempts.points,
          outOf: attempts.outOf,
          violations: sql<number>`(
            select count(*) from violations
            where violations.tenant_id = attempts.tenant_id and violations.attempt_id = attempts.id
          )`,
        })
        .from(registrations)
        .innerJoin(
          attempts,
          and(eq(attempts.tenantId, registrations.tenantId), eq(attempts.id, registrations.attemptId)),
        )
        .innerJoin(
          candidates,
          and(eq(candidates.tenantId, registrations.tenantId), eq(candidates.id, registrations.candidateId)),
        )
        .where(and(eq(registrations.tenantId, tenantId), eq(registrations.sittingId, id)))
        .orderBy(asc(candidates.name), asc(attempts.id));
    },
  };
}
