import { and, asc, eq, getTableColumns, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { AttemptId, CandidateId, SittingId, TenantId } from "#domain/exam/ids.ts";
import type { EpochMs } from "#domain/integrity/signal.ts";
import { namesOf } from "#domain/retention/erasure.ts";
import { auditEntries } from "./audit-schema.ts";
import { mails } from "./mail-schema.ts";
import { heldPeople, idsOf } from "./one-person.ts";
import { deletedParts, erasures } from "./retention-schema.ts";
import { itemScores, violations } from "./outcome-schema.ts";
import { attempts, candidates, registrations } from "./schema.ts";

/** Somebody with all candidates who they are, by their address. [D17] */
export type Person = {
  readonly id: CandidateId;
  readonly ids: readonly CandidateId[];
  /** Each once. */
  readonly names: readonly string[];
  readonly email: string | null;
  /** A hold that stands names them. */
  readonly isHeld: boolean;
};
export type FoundPerson = Pick<Person, "id" | "names" | "email"> & {
  readonly attempts: readonly {
    readonly attemptId: AttemptId;
    readonly name: string;
    readonly sittingId: SittingId;
    readonly sittingTitle: string;
  }[];
  readonly erasedAt: EpochMs | null;
};

const peoplePerPage = 50;

/** People who sit or sat exams of one institution. */
export function candidateReader(database: D1Database, tenantId: TenantId) {
  const db = drizzle(database);

  return {
    /** Those of whom a name or the e-mail has this in it, in the order of their ids, from after this one on. */
    async search(text: string, after: string): Promise<{ found: readonly FoundPerson[]; next: string | null }> {
      type Row = Omit<FoundPerson, "attempts" | "names"> & { readonly attempts: string; readonly names: string };
      const all = idsOf(tenantId, sql`person.id`);
      const rows = await db.all<Row>(sql`
        with found as (
          select distinct (select min(id) from ${idsOf(tenantId, sql`one.id`)}) as id
          from ${candidates} as one
          where one.tenant_id = ${tenantId} and (${text} = '' or instr(lower(one.name), lower(${text})) > 0
            or instr(lower(coalesce(one.email, '')), lower(${text})) > 0)
        )
        select person.id as id, person.email as email, erased.done_at as erasedAt,
          (select json_group_array(name) from (
            select name from ${candidates} where tenant_id = ${tenantId} and id in ${all} order by rowid)) as names,
          (select json_group_array(json_object('attemptId', attempt_id, 'name', name,
              'sittingId', sitting_id, 'sittingTitle', title)) from (
            select place.attempt_id, called.name, place.sitting_id, sittings.title from registrations as place
            join sittings on sittings.tenant_id = place.tenant_id and sittings.id = place.sitting_id
            join candidates as called on called.tenant_id = place.tenant_id and called.id = place.candidate_id
            where place.tenant_id = ${tenantId} and place.candidate_id in ${all} order by place.rowid)) as attempts
        from found
        join ${candidates} as person on person.tenant_id = ${tenantId} and person.id = found.id
        left join ${erasures} as erased on erased.tenant_id = ${tenantId} and erased.candidate_id = person.id
        where person.id > ${after}
        order by person.id limit ${peoplePerPage + 1}`);
      const page = rows.slice(0, peoplePerPage);
      return {
        found: page.map((row) => ({
          ...row,
          names: namesOf(JSON.parse(row.names) as readonly string[]),
          attempts: JSON.parse(row.attempts) as FoundPerson["attempts"],
        })),
        next: rows.length > page.length ? (page.at(-1)?.id ?? null) : null,
      };
    },

    /** Who one candidate is, null where there is no such. */
    async person(id: CandidateId): Promise<Person | null> {
      const rows = await db
        .select({
          id: candidates.id,
          name: candidates.name,
          email: candidates.email,
          isHeld: sql<number>`${candidates.id} in ${heldPeople(tenantId)}`,
        })
        .from(candidates)
        .where(and(eq(candidates.tenantId, tenantId), sql`${candidates.id} in ${idsOf(tenantId, id)}`))
        .orderBy(sql`rowid`);
      const asked = rows.find((row) => row.id === id);
      if (asked === undefined) return null;
      return {
        id,
        ids: rows.map((row) => row.id),
        names: namesOf(rows.map(({ name }) => name)),
        email: asked.email,
        isHeld: asked.isHeld === 1,
      };
    },

    /** Every row that is about one attempt, but for ids of the institution and the hash of the link. */
    async rowsOf(attemptId: AttemptId) {
      const { tenantId: _t, linkHash: _l, ...place } = getTableColumns(registrations);
      const [registration, result, scores, noted, deleted] = await db.batch([
        db
          .select(place)
          .from(registrations)
          .where(and(eq(registrations.tenantId, tenantId), eq(registrations.attemptId, attemptId))),
        db
          .select()
          .from(attempts)
          .where(and(eq(attempts.tenantId, tenantId), eq(attempts.id, attemptId))),
        db
          .select()
          .from(itemScores)
          .where(and(eq(itemScores.tenantId, tenantId), eq(itemScores.attemptId, attemptId))),
        db
          .select()
          .from(violations)
          .where(and(eq(violations.tenantId, tenantId), eq(violations.attemptId, attemptId))),
        db
          .select()
          .from(deletedParts)
          .where(and(eq(deletedParts.tenantId, tenantId), eq(deletedParts.attemptId, attemptId))),
      ]);
      return { registration: registration[0] ?? {}, result: result[0] ?? null, scores, violations: noted, deleted };
    },

    /** What was sent to the person's address about their exams. */
    async mailsTo({ email }: Pick<Person, "email">) {
      if (email === null) return [];
      return db
        .select()
        .from(mails)
        .where(
          and(
            eq(mails.tenantId, tenantId),
            eq(mails.kind, "candidate-link"),
            sql`lower(trim(${mails.to})) = lower(trim(${email}))`,
          ),
        );
    },

    /** Entries of the audit about the person, their places and attempts, oldest first. */
    async entriesAbout(id: CandidateId): Promise<readonly { readonly number: number; readonly entry: string }[]> {
      return db
        .select({ number: auditEntries.seq, entry: auditEntries.entry })
        .from(auditEntries)
        .where(
          and(
            eq(auditEntries.tenantId, tenantId),
            sql`${auditEntries.subject} in (
              select * from ${idsOf(tenantId, id)} as person
              union select attempt_id from registrations where tenant_id = ${tenantId} and candidate_id in ${idsOf(tenantId, id)}
              union select id from registrations where tenant_id = ${tenantId} and candidate_id in ${idsOf(tenantId, id)})`,
          ),
        )
        .orderBy(asc(auditEntries.seq));
    },
  };
}
