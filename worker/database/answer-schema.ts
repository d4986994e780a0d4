import { foreignKey, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { TenantId } from "#domain/exam/ids.ts";
import { tenants } from "./schema.ts";

/** What was answered to a request that names itself, for as long as it may be sent again. Times are milliseconds since 1970. */
export const keptAnswers = sqliteTable(
  "kept_answers",
  {
    tenantId: text("tenant_id").$type<TenantId>().notNull(),
    /** The id of the member or of the key that asks: each has names of its own. */
    actor: text("actor").notNull(),
    /** SHA-256 of what Idempotency-Key said, lower-case hex. */
    name: text("name").notNull(),
    /** SHA-256 of method, address and body: the same name with another request is refused. */
    request: text("request").notNull(),
    /** Null while it is worked on. */
    status: integer("status"),
    /** The body, sealed: answers hold links and keys. Null where there is none, or it is too long to keep. */
    body: text("body"),
    createdAt: integer("created_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.actor, table.name] }),
    foreignKey({ columns: [table.tenantId], foreignColumns: [tenants.id] }),
  ],
);
