import { and, asc, eq, getTableColumns, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { AttemptId, CandidateId, SittingId, TenantId } from "#domain/exam/ids.ts";
import type { EpochMs } from "#domain/integrity/signal.ts";
import { auditEntries } from "./audit-schema.ts";
import { mails } from "./mail-schema.ts";
import { deletedParts, erasures } from "./retention-schema.ts";
import { itemScores, violations } from "./outcome-schema.ts";
import { attempts, candidates, registrations } from "./schema.ts";

export type Person = { readonly id: CandidateId; readonly name: string; readonly email: string | null };
export type FoundPerson = Person & {
  readonly attempts: readonly {
    readonly attemptId: AttemptId;
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
    /** Those whose name or e-mail has this in it, in the order of their ids, from after this one on. */
    async search(text: string, after: string): Promise<{ found: readonly FoundPerson[]; next: string | null }> {
      type Row = Person & { readonly erasedAt: EpochMs | null; readonly attempts: string };
      const rows = await db.all<Row>(sql`
        select person.id as id, person.name as name, person.email as email, erased.done_at as erasedAt,
          (select json_group_array(json_object('attemptId', place.attempt_id, 'sittingId', place.sitting_id,
              'sittingTitle', sittings.title))
            from registrations as place
            join sittings on sittings.tenant_id = place.tenant_id and sittings.id = place.sitting_id
            where place.tenant_id = person.tenant_id and place.candidate_id = person.id) as attempts
        from ${candidates} as person
        left join ${erasures} as erased on erased.tenant_id = person.tenant_id and erased.candidate_id = person.id
        where person.tenant_id = ${tenantId} and person.id > ${after}
          and (${text} = '' or instr(lower(person.name), lower(${text})) > 0
            or instr(lower(coalesce(person.email, '')), lower(${text})) > 0)
        order by person.id limit ${peoplePerPage + 1}`);
      const page = rows.slice(0, peoplePerPage);
      return {
        found: page.map((row) => ({ ...row, attempts: JSON.parse(row.attempts) as FoundPerson["attempts"] })),
        next: rows.length > page.length ? (page.at(-1)?.id ?? null) : null,
      };
    },

    /** `isHeld`: a hold that stands names the person. */
    async person(id: CandidateId): Promise<(Person & { readonly isHeld: boolean }) | null> {
      const [row] = await db
        .select({
          id: candidates.id,
          name: candidates.name,
          email: candidates.email,
          isHeld: sql<number>`exists (select 1 from legal_holds as hold where hold.tenant_id = ${tenantId}
            and hold.candidate_id = ${id} and hold.released_at is null)`,
        })
        .from(candidates)
        .where(and(eq(candidates.tenantId, tenantId), eq(candidates.id, id)));
      return row === undefined ? null : { ...row, isHeld: row.isHeld === 1 };
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

    /** What was sent to the person's address. */
    async mailsTo({ email }: Person) {
      if (email === null) return [];
      return db
        .select()
        .from(mails)
        .where(and(eq(mails.tenantId, tenantId), eq(mails.to, email)));
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
              select ${id}
              union select attempt_id from registrations where tenant_id = ${tenantId} and candidate_id = ${id}
              union select id from registrations where tenant_id = ${tenantId} and candidate_id = ${id})`,
          ),
        )
        .orderBy(asc(auditEntries.seq));
    },
  };
}
