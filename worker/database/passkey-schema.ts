import { foreignKey, index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { MemberId, PasskeyId, TenantId } from "#domain/exam/ids.ts";
import { members } from "./schema.ts";

/** Passkeys of members (WebAuthn). Bytes are base64url. */
export const passkeys = sqliteTable(
  "passkeys",
  {
    tenantId: text("tenant_id").$type<TenantId>().notNull(),
    id: text("id").$type<PasskeyId>().notNull(),
    memberId: text("member_id").$type<MemberId>().notNull(),
    /** As the device names it: how it is found when somebody signs in. */
    credentialId: text("credential_id").notNull().unique("passkeys_credential"),
    /** What the device keeps as whose it is: no name, and the same for all passkeys of a member. */
    userHandle: text("user_handle").notNull(),
    publicKey: text("public_key").notNull(),
    /** How often the device says that it was used; 0 where it does not count. */
    counter: integer("counter").notNull(),
    name: text("name").notNull(),
    createdAt: integer("created_at").notNull(),
    /** Challenges from before are good no more. */
    lastUsedAt: integer("last_used_at"),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index("passkeys_member").on(table.tenantId, table.memberId),
    foreignKey({ columns: [table.tenantId, table.memberId], foreignColumns: [members.tenantId, members.id] }),
  ],
);
