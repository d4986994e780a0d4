import { and, asc, desc, eq, gte, isNull, lte, type SQL, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { MemberId, TenantId } from "#domain/exam/ids.ts";
import type { AuditEntry, AuditWho } from "#protocol/audit.ts";
import type { AuditList, AuditQuery } from "#protocol/http/audit.ts";
import { auditEntries, transparencyLogs } from "./audit-schema.ts";

/** An entry with all that its leaf was made of, or the leaf in base64 where the rest was erased. */
export type StoredEntry =
  | { readonly number: number; readonly salt: string; readonly entry: string }
  | { readonly number: number; readonly leaf: string };

/** Entries of one tenant's audit. What is written here is parsed nowhere else: the text of an entry is our own. */
export function auditReader(database: D1Database, tenantId: TenantId) {
  const db = drizzle(database);
  const { seq, entry, at, actor, kind, subject } = auditEntries;

  return {
    /** The random name of the institution's log; null while there is no entry. */
    async logId(): Promise<string | null> {
      const [row] = await db
        .select({ logId: transparencyLogs.logId })
        .from(transparencyLogs)
        .where(eq(transparencyLogs.tenantId, tenantId));
      return row?.logId ?? null;
    },

    /** Entries as their leaves were made of them, in order, from this number on; of those that were erased, the leaves. */
    async stretch(number: number, count: number): Promise<readonly StoredEntry[]> {
      const rows = await db
        .select({ number: seq, salt: auditEntries.salt, entry, leaf: auditEntries.leaf })
        .from(auditEntries)
        .where(and(eq(auditEntries.tenantId, tenantId), gte(seq, number)))
        .orderBy(asc(seq))
        .limit(count);
      return rows.map(({ leaf, ...row }) => (leaf === null ? row : { number: row.number, leaf }));
    },

    /** [L7] One page, newest first. */
    async list(asked: AuditQuery, mostEntries: number): Promise<Omit<AuditList, "signed">> {
      const { who, what, on, from, to, before } = asked;
      const rows = await db
        .select({ number: sql<number>`${seq}`, entry: sql<string>`${entry}` })
        .from(sql`${auditEntries} indexed by ${sql.identifier(indexFor(asked))}`)
        .where(
          and(
            eq(auditEntries.tenantId, tenantId),
            isNull(auditEntries.leaf),
            who === undefined ? undefined : eq(actor, who),
            what === undefined ? undefined : eq(kind, what),
            on === undefined ? undefined : eq(subject, on),
            from === undefined ? undefined : gte(at, from),
            to === undefined ? undefined : lte(at, to),
            before === undefined ? undefined : olderThan(before),
          ),
        )
        .orderBy(desc(at), desc(seq))
        .limit(mostEntries + 1);
      const page = rows.slice(0, mostEntries).map((row) => ({
        number: row.number,
        entry: JSON.parse(row.entry) as AuditEntry,
      }));
      const last = page.at(-1);
      const names = await namesOf(page.map((row) => row.entry));
      return {
        entries: page.map((row) => ({ ...row, ...names(row.entry) })),
        older: rows.length > page.length && last !== undefined ? `${last.entry.at}.${last.number}` : null,
      };
    },
  };

  function olderThan(before: string): SQL {
    const [moment, number] = before.split(".").map(Number);
    return sql`(${at}, ${seq}) < (${moment}, ${number})`;
  }

  /**
   * What people and things are called today. An entry has ids alone, so that a name that is erased is erased here too.
   * Five selects are as many as D1 takes in one, so that they are two.
   */
  async function namesOf(entries: readonly AuditEntry[]) {
    const members = entries.flatMap(({ who, on }) => [memberIn(who), on?.kind === "member" ? on.id : null]);
    const subjects = entries.flatMap(({ on }) => (on === null ? [] : [on.id]));
    type Named = { readonly kind: string; readonly id: string; readonly name: string };
    const [rows, others] = await Promise.all([
      db.all<Named>(sql`
      select 'member' as kind, id, name from members
      where tenant_id = ${tenantId} and id in (select value from json_each(${JSON.stringify(members)}))
      union all
      select 'exam', id, draft ->> '$.title' from exams where tenant_id = ${tenantId} and id in ${named(subjects)}
      union all
      select 'sitting', id, title from sittings where tenant_id = ${tenantId} and id in ${named(subjects)}
      union all
      select 'exam-session', room.id, sittings.title || ', room ' || room.number
      from exam_sessions as room join sittings on sittings.tenant_id = room.tenant_id and sittings.id = room.sitting_id
      where room.tenant_id = ${tenantId} and room.id in ${named(subjects)}
      union all
      select 'place', registrations.id || ' ' || registrations.attempt_id, candidates.name
      from registrations join candidates
        on candidates.tenant_id = registrations.tenant_id and candidates.id = registrations.candidate_id
      where registrations.tenant_id = ${tenantId}
        and (registrations.id in ${named(subjects)} or registrations.attempt_id in ${named(subjects)})`),
      db.all<Named>(sql`
      select 'role' as kind, id, name from custom_roles where tenant_id = ${tenantId} and id in ${named(subjects)}
      union all
      select 'key', id, name from api_keys where tenant_id = ${tenantId} and id in ${named(subjects)}
      union all
      select 'candidate', id, name from candidates where tenant_id = ${tenantId} and id in ${named(subjects)}`),
    ]);
    const known = new Map<string, string>();
    for (const { kind: of, id, name } of [...rows, ...others]) {
      const [registrationId, attemptId] = id.split(" ");
      if (of !== "place") known.set(`${of} ${id}`, name);
      else known.set(`registration ${registrationId}`, name).set(`attempt ${attemptId}`, name);
    }
    return ({ who, on }: AuditEntry) => ({
      whoName: known.get(`member ${memberIn(who)}`) ?? null,
      onName: on === null ? null : (known.get(`${on.kind} ${on.id}`) ?? null),
    });
  }
}

/**
 * Where a page is looked for. Each filter alone is a range of one index, and so are who and what together; what somebody or
 * something is about has few entries, so the rest is looked for among those. Left to itself the database takes the index of
 * times wherever both ends of the time are known, and reads what everybody did.
 */
function indexFor({ who, what, on }: AuditQuery): string {
  if (on !== undefined) return "audit_entries_subject";
  if (who !== undefined) return what === undefined ? "audit_entries_actor" : "audit_entries_actor_kind";
  return what === undefined ? "audit_entries_at" : "audit_entries_kind";
}

/** One parameter, however many they are: a statement of D1 takes 100. */
function named(ids: readonly string[]): SQL {
  return sql`(select value from json_each(${JSON.stringify(ids)}))`;
}

/** The member who did it, themselves or by a key of theirs; null for everybody else. */
function memberIn(who: AuditWho): MemberId | null {
  switch (who.kind) {
    case "member":
      return who.id;
    case "key":
      return who.memberId;
    case "candidate":
    case "system":
    case "operator":
      return null;
  }
}
