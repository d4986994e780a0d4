import { foreignKey, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { MemberId, TenantId } from "#domain/exam/ids.ts";
import { members, tenants } from "./schema.ts";

/** The authenticator app of a member. It counts once a code of it was shown. */
export const authenticators = sqliteTable(
  "authenticators",
  {
    tenantId: text("tenant_id").$type<TenantId>().notNull(),
    memberId: text("member_id").$type<MemberId>().notNull(),
    /** Encrypted (worker/stored-secret.ts), in base64url. */
    secret: text("secret").notNull(),
    createdAt: integer("created_at").notNull(),
    /** Null while it is being set up. */
    confirmedAt: integer("confirmed_at"),
    /** The time step of the last code that was taken: it and all before it are used up. */
    lastStep: integer("last_step"),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.memberId] }),
    foreignKey({ columns: [table.tenantId, table.memberId], foreignColumns: [members.tenantId, members.id] }),
  ],
);

/** Codes for a member without the app at hand, each good once. Only keyed hashes of them. */
export const recoveryCodes = sqliteTable(
  "recovery_codes",
  {
    tenantId: text("tenant_id").$type<TenantId>().notNull(),
    memberId: text("member_id").$type<MemberId>().notNull(),
    mark: text("mark").notNull(),
    usedAt: integer("used_at"),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.memberId, table.mark] }),
    foreignKey({ columns: [table.tenantId, table.memberId], foreignColumns: [members.tenantId, members.id] }),
  ],
);

/** What an institution asks of its members' sign-ins; nothing where there is no row. */
export const factorRules = sqliteTable("factor_rules", {
  tenantId: text("tenant_id")
    .$type<TenantId>()
    .primaryKey()
    .references(() => tenants.id),
  isDemanded: integer("is_demanded", { mode: "boolean" }).notNull(),
  providerAnswers: integer("provider_answers", { mode: "boolean" }).notNull(),
  changedAt: integer("changed_at").notNull(),
});
