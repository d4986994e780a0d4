import { and, eq, inArray, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type {
  AttemptId,
  CandidateId,
  ExamSessionId,
  ExamVersionId,
  MemberId,
  RegistrationId,
  SittingId,
  TenantId,
} from "#domain/exam/ids.ts";
import type { EpochMs } from "#domain/integrity/signal.ts";
import { attempts, candidates, examSessions, proctorAssignments, registrations, sittings } from "./schema.ts";

export type NewSitting = {
  readonly id: SittingId;
  readonly examSessionId: ExamSessionId;
  readonly examVersionId: ExamVersionId;
  readonly title: string;
  readonly opensAt: EpochMs;
  readonly closesAt: EpochMs;
};

export type NewPlace = {
  readonly registrationId: RegistrationId;
  readonly candidateId: CandidateId;
  readonly attemptId: AttemptId;
  readonly name: string;
  readonly email: string | null;
  readonly linkHash: string;
};

/*
 * `insert … select` with raw SQL names its columns in the order of the schema: whoever changes a table there reads here.
 * A row that has one column too few or too many is refused by SQLite.
 */
export function sittingWriter(database: D1Database, tenantId: TenantId) {
  const db = drizzle(database);
  return {
    /** A sitting and its one exam session. */
    async create({ examSessionId, ...sitting }: NewSitting): Promise<void> {
      await db.batch([
        db.insert(sittings).values({ tenantId, ...sitting }),
        db.insert(examSessions).values({ tenantId, id: examSessionId, sittingId: sitting.id }),
      ]);
    },

    /** Candidates with their registrations and attempts, all or none. A statement for each table, however many they are. */
    async register(
      sittingId: SittingId,
      examSessionId: ExamSessionId,
      places: readonly NewPlace[],
      linkExpiresAt: EpochMs,
      now: EpochMs,
    ): Promise<void> {
      const each = sql`json_each(${JSON.stringify(places)})`;
      await db.batch([
        db.insert(candidates).select(sql`
          select ${tenantId}, value ->> 'candidateId', value ->> 'name', value ->> 'email' from ${each}`),
        db.insert(registrations).select(sql`
          select ${tenantId}, value ->> 'registrationId', ${sittingId}, ${examSessionId}, value ->> 'candidateId',
            value ->> 'attemptId', value ->> 'linkHash', ${linkExpiresAt}, ${now}
          from ${each}`),
        db.insert(attempts).select(sql`
          select ${tenantId}, value ->> 'attemptId', ${examSessionId}, 'registered', null, null, null, null, 0
          from ${each}`),
      ]);
    },

    /** Makes the link before it void. False when that sitting has no such registration. */
    async replaceLink(
      sittingId: SittingId,
      id: RegistrationId,
      linkHash: string,
      linkExpiresAt: EpochMs,
    ): Promise<boolean> {
      const changed = await db
        .update(registrations)
        .set({ linkHash, linkExpiresAt })
        .where(
          and(eq(registrations.tenantId, tenantId), eq(registrations.sittingId, sittingId), eq(registrations.id, id)),
        )
        .returning({ id: registrations.id });
      return changed.length > 0;
    },

    /** From now on exactly these members proctor every session of the sitting. They must be members of the tenant. */
    async assignProctors(sittingId: SittingId, memberIds: readonly MemberId[]): Promise<void> {
      const sessions = db
        .select({ id: examSessions.id })
        .from(examSessions)
        .where(and(eq(examSessions.tenantId, tenantId), eq(examSessions.sittingId, sittingId)));
      await db.batch([
        db
          .delete(proctorAssignments)
          .where(and(eq(proctorAssignments.tenantId, tenantId), inArray(proctorAssignments.examSessionId, sessions))),
        db.insert(proctorAssignments).select(sql`
          select distinct ${tenantId}, session.id, assigned.value
          from ${examSessions} as session, json_each(${JSON.stringify(memberIds)}) as assigned
          where session.tenant_id = ${tenantId} and session.sitting_id = ${sittingId}`),
      ]);
    },
  };
}
