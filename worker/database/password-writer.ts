import { and, eq, exists, gt, isNull, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { MemberId, TenantId } from "#domain/exam/ids.ts";
import type { EpochMs } from "#domain/integrity/signal.ts";
import type { Acting } from "../audit/acting.ts";
import { invitations } from "./access-schema.ts";
import { isDone } from "./audit-statement.ts";
import { invitationVoid, keysAndPasskeysRevoked, type RevokedAccess, signInsEnded } from "./revoke-access.ts";
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

/** Keeps the same password by a better hash, unless it was changed meanwhile: then false. It is no act of anybody's. */
export async function upgradeHash(database: D1Database, owner: Owner, { from, to }: Change): Promise<boolean> {
  const update = drizzle(database).update(members).set({ passwordHash: to }).where(isStill(owner, from));
  return (await update.returning({ id: members.id })).length > 0;
}

/** `andRevoke`: keys of the API and passkeys go too. */
type NewPassword = Change & { readonly andRevoke: boolean; readonly now: EpochMs };

/**
 * Puts a new password in place of the one that was shown; an outstanding invitation is void then. Tells how many keys and
 * passkeys went with it; null where the password was changed meanwhile. [G100]
 */
export async function changePassword(
  database: D1Database,
  acting: Acting,
  { from, to, andRevoke, now }: NewPassword,
): Promise<Omit<RevokedAccess, "signIns"> | null> {
  const db = drizzle(database);
  const isChanged = exists(
    db
      .select({ one: sql`1` })
      .from(members)
      .where(isStill(acting, to)),
  );
  const [rows, , keys, removed] = await db.batch([
    db.update(members).set({ passwordHash: to }).where(isStill(acting, from)).returning({ id: members.id }),
    acting.enter({ kind: "password-changed", on: null, details: { andRevoke } }, isDone),
    ...keysAndPasskeysRevoked(database, acting, now, andRevoke ? isChanged : sql`0`),
    invitationVoid(database, acting, isChanged),
  ]);
  return rows.length === 0 ? null : { keys: keys.length, passkeys: removed.length };
}

/** That the member has this hash now: a change of the password, and a better hash of the same, take it away. */
export function isStill({ tenantId, memberId }: Owner, hash: string) {
  return and(eq(members.tenantId, tenantId), eq(members.id, memberId), eq(members.passwordHash, hash));
}

type Acceptance = { readonly tokenHash: string; readonly to: string; readonly now: EpochMs };

/**
 * Uses an invitation up for a password, and takes every sign-in, key and passkey of before. It may have been used, or replaced,
 * at the same moment, and null says so. The statements after the first do something only where the first did. [G101]
 */
export async function acceptInvitation(
  database: D1Database,
  acting: Acting,
  { tokenHash, to, now }: Acceptance,
): Promise<RevokedAccess | null> {
  const db = drizzle(database);
  const { tenantId, memberId } = acting;
  const its = and(
    eq(invitations.tenantId, tenantId),
    eq(invitations.memberId, memberId),
    eq(invitations.tokenHash, tokenHash),
    gt(invitations.expiresAt, now),
  );
  const isGood = exists(
    db
      .select({ one: sql`1` })
      .from(invitations)
      .where(its),
  );
  const [rows, , ended, keys, removed] = await db.batch([
    db
      .update(members)
      .set({ passwordHash: to })
      .where(and(eq(members.tenantId, tenantId), eq(members.id, memberId), isNull(members.leftAt), isGood))
      .returning({ id: members.id }),
    acting.enter({ kind: "invitation-accepted", on: null }, isDone),
    signInsEnded(database, acting, now, isGood),
    ...keysAndPasskeysRevoked(database, acting, now, isGood),
    db.delete(invitations).where(its),
  ]);
  if (rows.length === 0) return null;
  return { signIns: ended.map(({ id }) => id), keys: keys.length, passkeys: removed.length };
}
