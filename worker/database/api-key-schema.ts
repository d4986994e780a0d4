import { foreignKey, index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { Permission } from "#domain/access/permission.ts";
import type { KeyId, MemberId, TenantId } from "#domain/exam/ids.ts";
import { members } from "./schema.ts";

/** Keys of the API: each is one member's own. Of its token there is a hash only. Times are milliseconds since 1970. */
export const apiKeys = sqliteTable(
  "api_keys",
  {
    tenantId: text("tenant_id").$type<TenantId>().notNull(),
    id: text("id").$type<KeyId>().notNull(),
    memberId: text("member_id").$type<MemberId>().notNull(),
    name: text("name").notNull(),
    scopes: text("scopes", { mode: "json" }).$type<readonly Permission[]>().notNull(),
    /** SHA-256 of the whole token, lower-case hex. */
    tokenHash: text("token_hash").notNull(),
    createdAt: integer("created_at").notNull(),
    expiresAt: integer("expires_at").notNull(),
    lastUsedAt: integer("last_used_at"),
    revokedAt: integer("revoked_at"),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index("api_keys_member").on(table.tenantId, table.memberId),
    foreignKey({ columns: [table.tenantId, table.memberId], foreignColumns: [members.tenantId, members.id] }),
  ],
);
