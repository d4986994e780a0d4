import { and, eq } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { MemberId, TenantId } from "#domain/exam/ids.ts";
import type { Acting } from "../audit/acting.ts";
import { isDone } from "./audit-statement.ts";
import { members } from "./schema.ts";

type Change = { readonly from: string; readonly to: string };
type Owner = { readonly tenantId: TenantId; readonly memberId: MemberId };

/** The hash of the member's password as it is now. Null where there is no such member. */
export async function passwordHashOf(database: D1Database, { tenantId, memberId }: Owner): Promise<string | null> {
  const [row] = await drizzle(database)
    .select({ passwordHash: members.passwordHash })
    .from(members)
    .where(and(eq(members.tenantId, tenantId), eq(members.id, memberId)));
  return row?.passwordHash ?? null;
}

/** Keeps the same password by a better hash, unless it was changed meanwhile. It is no act of anybody's. */
export async function upgradeHash(database: D1Database, owner: Owner, { from, to }: Change): Promise<void> {
  await drizzle(database).update(members).set({ passwordHash: to }).where(isStill(owner, from));
}

/** Puts a new password in place of the one that was shown. False: it was changed meanwhile. */
export async function changePassword(database: D1Database, acting: Acting, { from, to }: Change): Promise<boolean> {
  const db = drizzle(database);
  const [rows] = await db.batch([
    db.update(members).set({ passwordHash: to }).where(isStill(acting, from)).returning({ id: members.id }),
    acting.enter({ kind: "password-changed", on: null }, isDone),
  ]);
  return rows.length > 0;
}

function isStill({ tenantId, memberId }: Owner, hash: string) {
  return and(eq(members.tenantId, tenantId), eq(members.id, memberId), eq(members.passwordHash, hash));
}
