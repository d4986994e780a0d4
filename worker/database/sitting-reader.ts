import { and, asc, desc, eq, gte, lte, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { AttemptId, ExamSessionId, RegistrationId, SittingId, TenantId } from "#domain/exam/ids.ts";
import { pageOf } from "#protocol/http/page.ts";
import type {
  Result,
  ResultQuery,
  Sitting,
  SittingQuery,
  SittingRoom,
  SittingSummary,
} from "#protocol/http/sitting.ts";
import { summaryColumns } from "./exam-session-reader.ts";
import {
  attempts,
  candidates,
  examSessions,
  examVersions,
  members,
  proctorAssignments,
  registrations,
  sittingLeads,
  sittings,
  tenants,
} from "./schema.ts";

type PlaceOfRegistration = {
  readonly attemptId: AttemptId;
  readonly examSessionId: ExamSessionId;
  readonly name: string;
  readonly email: string | null;
};

export function sittingReader(database: D1Database, tenantId: TenantId) {
  const db = drizzle(database);
  const summaries = () =>
    db
      .select(summaryColumns)
      .from(sittings)
      .innerJoin(
        examVersions,
        and(eq(examVersions.tenantId, sittings.tenantId), eq(examVersions.id, sittings.examVersionId)),
      );

  async function summary(id: SittingId): Promise<SittingSummary | null> {
    const [row] = await summaries().where(and(eq(sittings.tenantId, tenantId), eq(sittings.id, id)));
    return row ?? null;
  }

  const rooms = (id: SittingId) =>
    db
      .select({
        examSessionId: examSessions.id,
        number: examSessions.number,
        capacity: examSessions.capacity,
        candidates: examSessions.taken,
        region: examSessions.region,
        jurisdiction: examSessions.jurisdiction,
      })
      .from(examSessions)
      .where(and(eq(examSessions.tenantId, tenantId), eq(examSessions.sittingId, id)))
      .orderBy(asc(examSessions.number));

  return {
    summary,

    async rooms(id: SittingId): Promise<readonly SittingRoom[]> {
      return rooms(id);
    },

    /** A candidate's place in this sitting, with its room. */
    async registration(id: SittingId, registrationId: RegistrationId): Promise<PlaceOfRegistration | null> {
      const [row] = await db
        .select({
          attemptId: registrations.attemptId,
          examSessionId: registrations.examSessionId,
          name: candidates.name,
          email: candidates.email,
        })
        .from(registrations)
        .innerJoin(
          candidates,
          and(eq(candidates.tenantId, registrations.tenantId), eq(candidates.id, registrations.candidateId)),
        )
        .where(
          and(
            eq(registrations.tenantId, tenantId),
            eq(registrations.sittingId, id),
            eq(registrations.id, registrationId),
          ),
        );
      return row ?? null;
    },

    /** The latest window first, `limit` of them at most. */
    async list({
      exam,
      from,
      to,
      after,
      limit,
    }: SittingQuery): Promise<{ sittings: SittingSummary[]; next: SittingId | null }> {
      const found = await summaries()
        .where(
          and(
            eq(sittings.tenantId, tenantId),
            exam === undefined ? undefined : eq(examVersions.examId, exam),
            from === undefined ? undefined : gte(sittings.closesAt, from),
            to === undefined ? undefined : lte(sittings.opensAt, to),
            after === undefined
              ? undefined
              : sql`(${sittings.opensAt}, ${sittings.id}) < (
                  select opens_at, id from sittings as before where before.tenant_id = ${tenantId} and before.id = ${after}
                )`,
          ),
        )
        .orderBy(desc(sittings.opensAt), desc(sittings.id))
        .limit(limit + 1);
      const { rows, next } = pageOf(found, limit, ({ id }) => id);
      return { sittings: rows, next };
    },

    async byId(id: SittingId): Promise<Sitting | null> {
      const sitting = await summary(id);
      if (sitting === null) return null;
      const [[plan], inRooms, assignments, leads] = await db.batch([
        db
          .select({
            roomCapacity: sittings.roomCapacity,
            region: sittings.region,
            jurisdictionAsked: tenants.jurisdiction,
          })
          .from(sittings)
          .innerJoin(tenants, eq(tenants.id, sittings.tenantId))
          .where(and(eq(sittings.tenantId, tenantId), eq(sittings.id, id))),
        rooms(id),
        db
          .select({
            memberId: members.id,
            name: members.name,
            email: members.email,
            examSessionId: proctorAssignments.examSessionId,
          })
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
          .orderBy(asc(members.name), asc(members.id), asc(examSessions.number)),
        db
          .select({ memberId: sittingLeads.memberId })
          .from(sittingLeads)
          .where(and(eq(sittingLeads.tenantId, tenantId), eq(sittingLeads.sittingId, id))),
      ]);
      if (plan === undefined) return null;
      const whole = new Set(leads.map(({ memberId }) => memberId));
      const proctors = Map.groupBy(assignments, ({ memberId }) => memberId);
      return {
        ...sitting,
        ...plan,
        rooms: inRooms,
        proctors: [...proctors].flatMap(([memberId, [who, ...more]]) => {
          if (who === undefined) return [];
          const { examSessionId, ...proctor } = who;
          const examSessionIds = [examSessionId, ...more.map((each) => each.examSessionId)];
          return [{ ...proctor, isLead: whole.has(memberId), examSessionIds }];
        }),
      };
    },

    /** One row for each candidate, by name, `limit` of them at most. */
    async results(
      id: SittingId,
      { status, review, after, limit }: ResultQuery,
    ): Promise<{ results: Result[]; next: AttemptId | null }> {
      const found = await db
        .select({
          attemptId: attempts.id,
          name: candidates.name,
          status: attempts.status,
          openedAt: attempts.openedAt,
          closedAt: attempts.closedAt,
          // A voided score is in the log; no list gives it out as a number. [A136]
          points: sql<number | null>`case when ${attempts.review} = 'voided' then null else ${attempts.points} end`,
          outOf: attempts.outOf,
          review: attempts.review,
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
        .where(
          and(
            eq(registrations.tenantId, tenantId),
            eq(registrations.sittingId, id),
            status === undefined ? undefined : sql`${attempts.status} = ${status}`,
            review === undefined ? undefined : eq(attempts.review, review),
            after === undefined
              ? undefined
              : sql`(${candidates.name}, ${attempts.id}) > (
                  select person.name, place.attempt_id from registrations as place join candidates as person
                    on person.tenant_id = place.tenant_id and person.id = place.candidate_id
                  where place.tenant_id = ${tenantId} and place.attempt_id = ${after}
                )`,
          ),
        )
        .orderBy(asc(candidates.name), asc(attempts.id))
        .limit(limit + 1);
      const { rows, next } = pageOf(found, limit, ({ attemptId }) => attemptId);
      return { results: rows, next };
    },
  };
}
