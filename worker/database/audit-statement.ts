import { type SQL, sql } from "drizzle-orm";
import type { BatchItem } from "drizzle-orm/batch";
import { drizzle } from "drizzle-orm/d1";
import type { TenantId } from "#domain/exam/ids.ts";
import type { AuditEntry } from "#protocol/audit.ts";
import { randomToken } from "../auth/random-token.ts";
import { auditEntries } from "./audit-schema.ts";

/** `source` names what is told and may be told again: it is entered once. Null for what happens once by itself. */
export type NewAuditEntry = { readonly source: string | null; readonly entry: AuditEntry };

const saltBytes = 32;

/** That the statement right before this one, in the same batch, changed a row. */
export const isDone: SQL = sql`changes() > 0`;

/**
 * The statement that appends entries to the tenant's audit, in this order, each with the next number and a salt of its own.
 * [L1] [L2] `when`: for which of them, as SQL over `value ->> 'source'` or `'on'`; those that were entered already are passed over.
 */
export function auditStatement(
  database: D1Database,
  tenantId: TenantId,
  entries: readonly NewAuditEntry[],
  when: SQL = sql`1`,
): BatchItem<"sqlite"> {
  const rows = entries.map(({ source, entry }) => ({
    source,
    on: entry.on?.id ?? null,
    salt: randomToken(saltBytes),
    entry: JSON.stringify(entry),
  }));
  // The columns that are read out of the text are none of an insert's: these six are all there are.
  return drizzle(database).insert(auditEntries).select(sql`
    select ${tenantId},
      (select coalesce(max(seq), 0) from audit_entries where tenant_id = ${tenantId}) + row_number() over (order by key),
      value ->> 'source', value ->> 'salt', value ->> 'entry', null
    from json_each(${JSON.stringify(rows)})
    where ${when} and not exists (
      select 1 from audit_entries where tenant_id = ${tenantId} and source = value ->> 'source'
    )`);
}
