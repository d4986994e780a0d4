import { foreignKey, index, integer, primaryKey, sqliteTable, text, unique } from "drizzle-orm/sqlite-core";
import type { Permission } from "#domain/access/permission.ts";
import type { MemberId, RoleId, TenantId } from "#domain/exam/ids.ts";
import { members, tenants } from "./schema.ts";

/* Times are milliseconds since 1970. */

/** Roles that an institution made itself, beside those that everybody has. */
export const customRoles = sqliteTable(
  "custom_roles",
  {
    tenantId: text("tenant_id")
      .$type<TenantId>()
      .notNull()
      .references(() => tenants.id),
    id: text("id").$type<RoleId>().notNull(),
    name: text("name").notNull(),
    permissions: text("permissions", { mode: "json" }).$type<readonly Permission[]>().notNull(),
    /** Goes up by one with each change, so that two who change it at once are told. */
    revision: integer("revision").notNull().default(1),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    unique("custom_roles_name").on(table.tenantId, table.name),
  ],
);

export const memberCustomRoles = sqliteTable(
  "member_custom_roles",
  {
    tenantId: text("tenant_id").$type<TenantId>().notNull(),
    memberId: text("member_id").$type<MemberId>().notNull(),
    roleId: text("role_id").$type<RoleId>().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.memberId, table.roleId] }),
    foreignKey({ columns: [table.tenantId, table.memberId], foreignColumns: [members.tenantId, members.id] }),
    foreignKey({ columns: [table.tenantId, table.roleId], foreignColumns: [customRoles.tenantId, customRoles.id] }),
    index("member_custom_roles_role").on(table.tenantId, table.roleId),
  ],
);

/** The way in for a member who has no password yet: the latest alone is good. */
export const invitations = sqliteTable(
  "invitations",
  {
    tenantId: text("tenant_id").$type<TenantId>().notNull(),
    memberId: text("member_id").$type<MemberId>().notNull(),
    /** SHA-256 of the token, lower-case hex. */
    tokenHash: text("token_hash").notNull().unique("invitations_token"),
    expiresAt: integer("expires_at").notNull(),
    /** What its giver could give then; null: everything. */
    mayGive: text("may_give", { mode: "json" }).$type<readonly Permission[]>(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.memberId] }),
    foreignKey({ columns: [table.tenantId, table.memberId], foreignColumns: [members.tenantId, members.id] }),
  ],
);
