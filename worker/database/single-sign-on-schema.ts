import { foreignKey, integer, primaryKey, sqliteTable, text, unique } from "drizzle-orm/sqlite-core";
import type { MemberId, TenantId } from "#domain/exam/ids.ts";
import { members, tenants } from "./schema.ts";

/** The institution's own provider of sign-ins (OpenID Connect). */
export const singleSignOn = sqliteTable("single_sign_on", {
  tenantId: text("tenant_id")
    .$type<TenantId>()
    .primaryKey()
    .references(() => tenants.id),
  issuer: text("issuer").notNull(),
  clientId: text("client_id").notNull(),
  /** Encrypted (worker/stored-secret.ts), in base64url. */
  clientSecret: text("client_secret").notNull(),
  /** Lower case. Only addresses of it are believed. */
  emailDomain: text("email_domain").notNull(),
  changedAt: integer("changed_at").notNull(),
});

/** Who a member is to the provider: it stays theirs when the address gets another owner there. */
export const singleSignOnSubjects = sqliteTable(
  "single_sign_on_subjects",
  {
    tenantId: text("tenant_id").$type<TenantId>().notNull(),
    issuer: text("issuer").notNull(),
    subject: text("subject").notNull(),
    memberId: text("member_id").$type<MemberId>().notNull(),
    linkedAt: integer("linked_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.issuer, table.subject] }),
    unique("single_sign_on_subjects_member").on(table.tenantId, table.issuer, table.memberId),
    foreignKey({ columns: [table.tenantId, table.memberId], foreignColumns: [members.tenantId, members.id] }),
  ],
);
