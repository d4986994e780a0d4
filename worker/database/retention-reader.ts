import { and, desc, eq, isNull, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { AttemptId, CandidateId, ExamSessionId, SittingId, TenantId } from "#domain/exam/ids.ts";
import type { EpochMs } from "#domain/integrity/signal.ts";
import { type AttemptClass, attemptClasses, mediaClasses } from "#domain/retention/data-class.ts";
import { dayMs, lastDue, type Periods, periodsFrom } from "#domain/retention/period.ts";
import type { Heap } from "#domain/retention/plan.ts";
import type { HoldQuery } from "#protocol/http/retention.ts";
import { isHeld as isHeldIn } from "./is-held.ts";
import { heldPeople, idsOf } from "./one-person.ts";
import { deletedParts, erasures, legalHolds, retentionPeriods, retentionRuns } from "./retention-schema.ts";
import { candidates, members, sittings } from "./schema.ts";

/** A part of an attempt that is to be deleted. */
export type AttemptPart = {
  readonly attemptId: AttemptId;
  readonly examSessionId: ExamSessionId;
  readonly candidateId: CandidateId;
  readonly of: AttemptClass;
};

/** An attempt of one person, and what stands in the way of erasing it. */
export type PersonAttempt = Omit<AttemptPart, "of"> & {
  /** Under which it was made. */
  readonly name: string;
  readonly sittingId: SittingId;
  readonly endedAt: EpochMs | null;
  readonly isUndecided: boolean;
  readonly isHeld: boolean;
};

const runsShown = 20;

/** Entries that say what was deleted are kept: without them nobody could tell an erased entry from one that was taken away. */
const neverErased = "retention-deleted";

/**
 * When an attempt was over for good, null while it is not. [D3] Who never began is over when the sitting closes. The tables
 * are those of `places`.
 */
const endedAt = sql`case
  when attempts.review = 'held' then null
  when attempts.closed_at is not null then attempts.closed_at
  when attempts.opened_at is not null then null
  else sittings.closes_at end`;

const places = sql`registrations as places
  join attempts on attempts.tenant_id = places.tenant_id and attempts.id = places.attempt_id
  join sittings on sittings.tenant_id = places.tenant_id and sittings.id = places.sitting_id`;

/** Of who never came there is nothing in the bucket. */
const canHave = (of: SQL) =>
  sql`(attempts.status <> 'registered' or ${of} not in (select value from json_each(${JSON.stringify(mediaClasses)})))`;

const isThere = (of: SQL) => sql`not exists (
  select 1 from deleted_parts as gone
  where gone.tenant_id = places.tenant_id and gone.attempt_id = places.attempt_id and gone.class = ${of})`;

/** What an institution keeps, for how long, and what of it is held. */
export function retentionReader(database: D1Database, tenantId: TenantId) {
  const db = drizzle(database);
  const isHeld = isHeldIn(tenantId);

  /** Whose entries are not erased while a hold stands: ids of what is held, and of the attempts and places under it. */
  const heldSubjects = sql`
    select attempt_id from legal_holds where tenant_id = ${tenantId} and released_at is null
    union select * from ${heldPeople(tenantId)} as person
    union select sitting_id from legal_holds where tenant_id = ${tenantId} and released_at is null
    union select places.attempt_id from registrations as places where places.tenant_id = ${tenantId} and ${isHeld}
    union select places.id from registrations as places where places.tenant_id = ${tenantId} and ${isHeld}`;

  return {
    async periods(): Promise<Periods> {
      const rows = await db.select().from(retentionPeriods).where(eq(retentionPeriods.tenantId, tenantId));
      return periodsFrom(Object.fromEntries(rows.map(({ of, days }) => [of, days])));
    },

    /** The oldest of what is due of one class and not held. */
    async due(of: AttemptClass, ended: EpochMs, limit: number): Promise<readonly AttemptPart[]> {
      const rows = await db.all<Omit<AttemptPart, "of">>(sql`
        select places.attempt_id as attemptId, places.exam_session_id as examSessionId, places.candidate_id as candidateId
        from ${places}
        where places.tenant_id = ${tenantId} and ${endedAt} <= ${ended}
          and ${canHave(sql`${of}`)} and ${isThere(sql`${of}`)} and not ${isHeld}
        order by ${endedAt} limit ${limit}`);
      return rows.map((row) => ({ ...row, of }));
    },

    /** Asked again right before: whether a hold came meanwhile. */
    async isHeld(attemptId: AttemptId): Promise<boolean> {
      const rows = await db.all(sql`
        select 1 from registrations as places
        where places.tenant_id = ${tenantId} and places.attempt_id = ${attemptId} and ${isHeld}`);
      return rows.length > 0;
    },

    /** Whether this part of an attempt was deleted, or its candidate is just being erased. */
    async isGone(attemptId: AttemptId, of: AttemptClass): Promise<boolean> {
      const rows = await db.all(sql`
        select 1 from deleted_parts where tenant_id = ${tenantId} and attempt_id = ${attemptId} and class = ${of}
        union all
        select 1 from registrations as place
        join erasures on erasures.tenant_id = place.tenant_id and erasures.candidate_id = place.candidate_id
        where place.tenant_id = ${tenantId} and place.attempt_id = ${attemptId}`);
      return rows.length > 0;
    },

    /** The oldest entries of the audit that are due, with what their leaves are made of. */
    async dueEntries(
      written: EpochMs,
      limit: number,
    ): Promise<readonly { readonly number: number; readonly salt: string; readonly entry: string }[]> {
      return db.all(sql`
        select seq as number, salt, entry from audit_entries
        where tenant_id = ${tenantId} and at <= ${written} and leaf is null and kind <> ${neverErased}
          and (subject is null or subject not in (select * from (${heldSubjects}) as held where attempt_id is not null))
        order by seq limit ${limit}`);
    },

    /** What of one attempt is gone: since when, and by which rule. */
    async deletionsOf(attemptId: AttemptId) {
      const { of, deletedAt: at, rule, days } = deletedParts;
      return db
        .select({ of, at, rule, days })
        .from(deletedParts)
        .where(and(eq(deletedParts.tenantId, tenantId), eq(deletedParts.attemptId, attemptId)))
        .orderBy(sql`rowid`);
    },

    /** Everything that is there, in heaps that are due or not as one. */
    async heaps(periods: Periods, now: EpochMs): Promise<readonly Heap[]> {
      const limits = JSON.stringify(attemptClasses.map((of) => [of, lastDue(of, periods, now)]));
      const written = lastDue("audit", periods, now);
      const ofAttempts = db.all<Heap>(sql`
        select of.value ->> 0 as "of", min(${endedAt}) as endedAt, places.sitting_id as sittingId,
          count(*) as count, sum(${isHeld}) as held
        from ${places}, json_each(${limits}) as of
        where places.tenant_id = ${tenantId} and ${endedAt} is not null
          and ${canHave(sql`of.value ->> 0`)} and ${isThere(sql`of.value ->> 0`)}
        group by of.value ->> 0, places.sitting_id, ${endedAt} / ${dayMs}, ${endedAt} <= of.value ->> 1`);
      const ofAudit = db.all<Heap>(sql`
        select 'audit' as "of", min(at) as endedAt, null as sittingId, count(*) as count,
          sum(coalesce(subject in (select * from (${heldSubjects}) as held where attempt_id is not null), 0)) as held
        from audit_entries
        where tenant_id = ${tenantId} and leaf is null and kind <> ${neverErased}
        group by at / ${dayMs}, at <= ${written}`);
      const [attemptHeaps, auditHeaps] = await Promise.all([ofAttempts, ofAudit]);
      return [...attemptHeaps, ...auditHeaps];
    },

    /** What these sittings are called. */
    async titles(ids: readonly string[]): Promise<ReadonlyMap<string, { title: string; closesAt: EpochMs }>> {
      const rows = await db
        .select({ id: sittings.id, title: sittings.title, closesAt: sittings.closesAt })
        .from(sittings)
        .where(
          and(
            eq(sittings.tenantId, tenantId),
            sql`${sittings.id} in (select value from json_each(${JSON.stringify(ids)}))`,
          ),
        );
      return new Map(rows.map(({ id, ...row }) => [id, row]));
    },

    /** The latest runs that did something or were asked for. */
    async runs() {
      return db
        .select({
          id: retentionRuns.id,
          startedByName: members.name,
          startedAt: retentionRuns.startedAt,
          endedAt: retentionRuns.endedAt,
          deleted: retentionRuns.deleted,
          failed: retentionRuns.failed,
          isMore: retentionRuns.isMore,
        })
        .from(retentionRuns)
        .leftJoin(members, and(eq(members.tenantId, retentionRuns.tenantId), eq(members.id, retentionRuns.startedBy)))
        .where(eq(retentionRuns.tenantId, tenantId))
        .orderBy(desc(retentionRuns.startedAt))
        .limit(runsShown);
    },

    /** Holds that stand, and those that were released, newest first: all, or those by which one attempt or sitting is kept. */
    async holds({ attempt, sitting }: HoldQuery) {
      const nameOf = (column: SQLWrapper) =>
        sql<string | null>`(select name from ${members} where tenant_id = ${tenantId} and id = ${column})`;
      const place = sql`from registrations as place where place.tenant_id = ${tenantId} and place.attempt_id = ${attempt}`;
      const ofAttempt = sql`(${legalHolds.attemptId} = ${attempt}
        or ${legalHolds.candidateId} in ${idsOf(tenantId, sql`(select candidate_id ${place})`)} or ${legalHolds.sittingId} in (select sitting_id ${place}))`;
      const rows = await db
        .select({
          id: legalHolds.id,
          attemptId: legalHolds.attemptId,
          candidateId: legalHolds.candidateId,
          sittingId: legalHolds.sittingId,
          reason: legalHolds.reason,
          placedAt: legalHolds.placedAt,
          placedByName: sql<string>`coalesce(${nameOf(legalHolds.placedBy)}, '')`,
          releasedAt: legalHolds.releasedAt,
          releasedByName: nameOf(legalHolds.releasedBy),
          name: sql<string | null>`coalesce(
            (select title from ${sittings} where tenant_id = ${tenantId} and id = ${legalHolds.sittingId}),
            (select group_concat(name, ', ') from (select distinct name from ${candidates}
              where tenant_id = ${tenantId} and id in ${idsOf(tenantId, sql`${legalHolds.candidateId}`)})),
            (select candidates.name || ', ' || sittings.title from registrations
              join candidates on candidates.tenant_id = registrations.tenant_id and candidates.id = registrations.candidate_id
              join sittings on sittings.tenant_id = registrations.tenant_id and sittings.id = registrations.sitting_id
              where registrations.tenant_id = ${tenantId} and registrations.attempt_id = ${legalHolds.attemptId}))`,
        })
        .from(legalHolds)
        .where(
          and(
            eq(legalHolds.tenantId, tenantId),
            attempt === undefined ? undefined : ofAttempt,
            sitting === undefined ? undefined : eq(legalHolds.sittingId, sitting),
          ),
        )
        .orderBy(sql`${legalHolds.releasedAt} is not null`, desc(legalHolds.placedAt));
      return rows;
    },

    /** Every attempt of one person: also those that another candidate of the same person made. [D17] */
    async attemptsOf(candidateId: CandidateId): Promise<readonly PersonAttempt[]> {
      const rows = await db.all<
        Omit<PersonAttempt, "isUndecided" | "isHeld"> & { readonly undecided: number; readonly held: number }
      >(sql`
        select places.attempt_id as attemptId, places.exam_session_id as examSessionId,
          places.candidate_id as candidateId, places.sitting_id as sittingId, ${endedAt} as endedAt,
          (select name from candidates where tenant_id = places.tenant_id and id = places.candidate_id) as name,
          coalesce(attempts.review = 'held', 0) as undecided, ${isHeld} as held
        from ${places} where places.tenant_id = ${tenantId} and places.candidate_id in ${idsOf(tenantId, candidateId)}
        order by places.created_at, places.attempt_id`);
      return rows.map(({ undecided, held, ...row }) => ({ ...row, isUndecided: undecided === 1, isHeld: held === 1 }));
    },

    /** Whose erasure is not done yet. */
    async unfinishedErasures(): Promise<readonly CandidateId[]> {
      const rows = await db
        .select({ candidateId: erasures.candidateId })
        .from(erasures)
        .where(and(eq(erasures.tenantId, tenantId), isNull(erasures.doneAt)));
      return rows.map(({ candidateId }) => candidateId);
    },
  };
}
