import { type SQL, sql } from "drizzle-orm";
import type { BatchItem } from "drizzle-orm/batch";
import { drizzle } from "drizzle-orm/d1";
import type { TenantId } from "#domain/exam/ids.ts";
import { attemptOf, changeOf, keyOf, type NewEntry, transferOf } from "#domain/ledger/entry.ts";
import type { AuditWho } from "#protocol/audit.ts";
import { ledgerAct } from "../audit/ledger-act.ts";
import { auditStatement, isDone } from "./audit-statement.ts";
import { ledgerEntries } from "./ledger-schema.ts";

/**
 * The statement that appends entries to the tenant's ledger, in this order, each with the next number. [B4] Those that were
 * entered already are passed over. `when`: for which of the others, as SQL over `value ->> 'attemptId'`.
 */
export function ledgerStatement(
  database: D1Database,
  tenantId: TenantId,
  entries: readonly NewEntry[],
  when: SQL = sql`1`,
) {
  const rows = entries.map((entry) => {
    const transfer = transferOf(entry);
    const { at, kind } = entry;
    const row = { key: keyOf(entry), at, kind, ...transfer, change: changeOf(transfer), attemptId: attemptOf(entry) };
    return { ...row, ...furtherOf(entry) };
  });
  // Its columns in the order of the schema.
  return drizzle(database)
    .insert(ledgerEntries)
    .select(
      sql`
    select ${tenantId},
      (select coalesce(max(number), 0) from ledger_entries where tenant_id = ${tenantId}) + row_number() over (order by row.key),
      value ->> 'key', value ->> 'at', value ->> 'kind', value ->> 'from', value ->> 'to', value ->> 'amount',
      value ->> 'attemptId', value ->> 'reverses', value ->> 'reason', value -> 'usage',
      value ->> 'change'
    from json_each(${JSON.stringify(rows)}) as row
    where ${when} and not exists (
      select 1 from ledger_entries as known where known.tenant_id = ${tenantId} and known.key = value ->> 'key'
    )`,
    )
    .returning({ number: ledgerEntries.number });
}

/**
 * [B7] The same with their entries in the audit, as the system's own: both belong into one batch, in this order. [B4] What
 * is told twice at once is entered once too.
 */
export function ledgerStatements(
  database: D1Database,
  tenantId: TenantId,
  told: readonly NewEntry[],
  when?: SQL,
): BatchItem<"sqlite">[] {
  const entries = [...new Map(told.map((entry) => [keyOf(entry), entry])).values()];
  const acts = entries.map((entry) => ({
    source: `ledger:${keyOf(entry)}`,
    entry: { at: entry.at, who: { kind: "system" } as const, from: null, requestId: null, ...ledgerAct(entry) },
  }));
  const isThere = sql`exists (
    select 1 from ${ledgerEntries} where tenant_id = ${tenantId} and 'ledger:' || key = value ->> 'source'
  )`;
  return [ledgerStatement(database, tenantId, entries, when), auditStatement(database, tenantId, acts, isThere)];
}

/**
 * [B7] The same of one refund, under the name of whose act gave it back. Where somebody else gave it back at the same
 * moment, neither is entered.
 */
export function refundStatements(
  database: D1Database,
  tenantId: TenantId,
  refund: Extract<NewEntry, { kind: "refund" }>,
  who: AuditWho,
): BatchItem<"sqlite">[] {
  const entry = { at: refund.at, who, from: null, requestId: null, ...ledgerAct(refund) };
  const act = { source: `ledger:${keyOf(refund)}`, entry };
  return [ledgerStatement(database, tenantId, [refund]), auditStatement(database, tenantId, [act], isDone)];
}

/** What only some kinds of entries have. */
function furtherOf(entry: NewEntry) {
  switch (entry.kind) {
    case "credit":
    case "debit":
      return {};
    case "refund":
      return { reverses: entry.reverses.number, reason: entry.reason };
    case "correction":
      return { reverses: entry.reverses.number };
    case "ai-usage":
      return { usage: entry.usage };
  }
}
