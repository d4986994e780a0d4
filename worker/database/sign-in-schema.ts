import { foreignKey, index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { SignInWay } from "#domain/access/factor-rule.ts";
import type { MemberId, SignInId, TenantId } from "#domain/exam/ids.ts";
import { members } from "./schema.ts";

/** Where members are signed in: one row for each browser. Of its refresh token there are hashes only. */
export const signIns = sqliteTable(
  "sign_ins",
  {
    tenantId: text("tenant_id").$type<TenantId>().notNull(),
    id: text("id").$type<SignInId>().notNull(),
    memberId: text("member_id").$type<MemberId>().notNull(),
    refreshHash: text("refresh_hash").notNull(),
    /** Of the token before, which is good for a moment longer. */
    previousHash: text("previous_hash"),
    rotatedAt: integer("rotated_at").notNull(),
    createdAt: integer("created_at").notNull(),
    expiresAt: integer("expires_at").notNull(),
    endedAt: integer("ended_at"),
    browser: text("browser"),
    place: text("place"),
    /** How the member showed who they are when it began. */
    way: text("way").$type<SignInWay>().notNull().default("password"),
    /** A second factor of the member's own was shown in it, or set up, and is there still. */
    hasShownFactor: integer("has_shown_factor", { mode: "boolean" }).notNull().default(false),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index("sign_ins_member").on(table.tenantId, table.memberId),
    foreignKey({ columns: [table.tenantId, table.memberId], foreignColumns: [members.tenantId, members.id] }),
  ],
);
