import { sql } from "drizzle-orm";
import { check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import type { TenantId } from "#domain/exam/ids.ts";
import type { AuditKind } from "#protocol/audit.ts";
import { tenants } from "./schema.ts";

const tenantId = () => text("tenant_id").$type<TenantId>().notNull();

/**
 * The audit: who did what, on what, when. `seq` counts from 1 in each tenant; triggers let nothing but the next one in, and
 * nothing out. The text of `entry` is what the transparency log has the hash of, with `salt`: the columns that are generated are
 * read out of it, so that none can say another thing. Of an entry that was erased its `leaf` alone is left.
 */
export const auditEntries = sqliteTable(
  "audit_entries",
  {
    tenantId: tenantId().references(() => tenants.id),
    seq: integer("seq").notNull(),
    source: text("source"),
    salt: text("salt").notNull(),
    entry: text("entry").notNull(),
    /** The 32 bytes in base64 of an entry whose text and salt were erased; null of all others. A trigger lets no other change in. */
    leaf: text("leaf"),
    at: integer("at").generatedAlwaysAs(sql`(entry ->> '$.at')`, { mode: "virtual" }),
    kind: text("kind")
      .$type<AuditKind>()
      .generatedAlwaysAs(sql`(entry ->> '$.kind')`, { mode: "virtual" }),
    /** A member's id, or `candidate` or `system`. */
    actor: text("actor").generatedAlwaysAs(sql`(coalesce(entry ->> '$.who.id', entry ->> '$.who.kind'))`, {
      mode: "virtual",
    }),
    subject: text("subject").generatedAlwaysAs(sql`(entry ->> '$.on.id')`, { mode: "virtual" }),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.seq] }),
    uniqueIndex("audit_entries_source").on(table.tenantId, table.source),
    index("audit_entries_at").on(table.tenantId, table.at, table.seq),
    index("audit_entries_kind").on(table.tenantId, table.kind, table.at, table.seq),
    index("audit_entries_actor").on(table.tenantId, table.actor, table.at, table.seq),
    index("audit_entries_actor_kind").on(table.tenantId, table.actor, table.kind, table.at, table.seq),
    index("audit_entries_subject").on(table.tenantId, table.subject, table.at, table.seq),
    check("audit_entries_json", sql`json_valid(entry)`),
  ],
);

/** Under which name strangers know the tenant's transparency log: it says nothing of whose it is. Given with the first entry. */
export const transparencyLogs = sqliteTable("transparency_logs", {
  tenantId: tenantId()
    .primaryKey()
    .references(() => tenants.id),
  logId: text("log_id").notNull().unique("transparency_logs_log_id"),
});
