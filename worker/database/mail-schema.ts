import { foreignKey, index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { MailId, SittingId, TenantId } from "#domain/exam/ids.ts";
import type { MailKind, MailStatus } from "#protocol/http/mail.ts";
import { sittings } from "./schema.ts";

/** That a mail was sent, to whom and what about. Its text is not kept: it may hold a link that opens an exam. */
export const mails = sqliteTable(
  "mails",
  {
    tenantId: text("tenant_id").$type<TenantId>().notNull(),
    id: text("id").$type<MailId>().notNull(),
    kind: text("kind").$type<MailKind>().notNull(),
    to: text("to").notNull(),
    subject: text("subject").notNull(),
    /** Null where it is about none. */
    sittingId: text("sitting_id").$type<SittingId>(),
    status: text("status").$type<MailStatus>().notNull(),
    createdAt: integer("created_at").notNull(),
    sentAt: integer("sent_at"),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index("mails_newest").on(table.tenantId, table.createdAt, table.id),
    index("mails_of_sitting").on(table.tenantId, table.sittingId, table.createdAt, table.id),
    foreignKey({ columns: [table.tenantId, table.sittingId], foreignColumns: [sittings.tenantId, sittings.id] }),
  ],
);
