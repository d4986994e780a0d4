import { sql } from "drizzle-orm";
import { check, foreignKey, index, integer, primaryKey, sqliteTable, text, unique } from "drizzle-orm/sqlite-core";
import type { AttemptId, TenantId } from "#domain/exam/ids.ts";
import type { AiUsage, LedgerAccount, LedgerKind, RefundReason } from "#domain/ledger/entry.ts";
import { attempts, tenants } from "./schema.ts";

const tenantId = () => text("tenant_id").$type<TenantId>().notNull();

/**
 * What an institution was given and used. `number` counts from 1 in each tenant; triggers let nothing but the next one in,
 * and nothing out (migrations/*_ledger-is-append-only). An entry is one row with both its sides, `paid_from` and `paid_to`: it cannot be half
 * written, and sums to zero as it stands [B1].
 */
export const ledgerEntries = sqliteTable(
  "ledger_entries",
  {
    tenantId: tenantId().references(() => tenants.id),
    number: integer("number").notNull(),
    /** Of what is told again: it is entered once. */
    key: text("key").notNull(),
    at: integer("at").notNull(),
    kind: text("kind").$type<LedgerKind>().notNull(),
    paidFrom: text("paid_from").$type<LedgerAccount>().notNull(),
    paidTo: text("paid_to").$type<LedgerAccount>().notNull(),
    /** Thousandths of a credit. */
    amount: integer("amount").notNull(),
    attemptId: text("attempt_id").$type<AttemptId>(),
    reverses: integer("reverses"),
    reason: text("reason").$type<RefundReason>(),
    usage: text("usage", { mode: "json" }).$type<AiUsage>(),
    /** Of the balance: what the sides say of it. Not generated out of them: SQLite reads such a column in no index alone. */
    change: integer("change").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.number] }),
    unique("ledger_entries_key").on(table.tenantId, table.key),
    unique("ledger_entries_reverses").on(table.tenantId, table.reverses),
    // All that a balance is the sum of.
    index("ledger_entries_change").on(table.tenantId, table.at, table.change),
    index("ledger_entries_kind").on(table.tenantId, table.kind, table.number),
    index("ledger_entries_attempt").on(table.tenantId, table.attemptId, table.number),
    foreignKey({ columns: [table.tenantId, table.attemptId], foreignColumns: [attempts.tenantId, attempts.id] }),
    foreignKey({ columns: [table.tenantId, table.reverses], foreignColumns: [table.tenantId, table.number] }),
    // What an export to a spreadsheet has of it as it is: codes and nothing else.
    check(
      "ledger_entries_codes",
      sql`key not glob '*[^A-Za-z0-9:._-]*' and coalesce(usage ->> '$.model', '') not glob '*[^A-Za-z0-9:._-]*'`,
    ),
    check("ledger_entries_amount", sql`typeof(amount) = 'integer' and amount > 0`),
    check(
      "ledger_entries_change",
      sql`change = case 'balance' when paid_to then amount when paid_from then -amount else 0 end`,
    ),
    check(
      "ledger_entries_sides",
      sql`case kind
        when 'credit' then paid_from = 'issued' and paid_to = 'balance'
        when 'debit' then paid_from = 'balance' and paid_to = 'attempts' and attempt_id is not null
        when 'refund' then paid_from = 'attempts' and paid_to = 'balance' and attempt_id is not null
          and reverses is not null and reason is not null
        when 'correction' then reverses is not null
        when 'ai-usage' then paid_from = 'balance' and paid_to = 'ai' and usage is not null and json_valid(usage)
        else 0 end`,
    ),
    check("ledger_entries_reversal", sql`reverses is null or kind in ('refund', 'correction')`),
  ],
);

/** How far below zero an institution's balance may go, in thousandths of a credit. One that is not here has no limit. */
export const ledgerLimits = sqliteTable(
  "ledger_limits",
  {
    tenantId: tenantId()
      .primaryKey()
      .references(() => tenants.id),
    overdraft: integer("overdraft").notNull(),
  },
  () => [check("ledger_limits_overdraft", sql`typeof(overdraft) = 'integer' and overdraft >= 0`)],
);
