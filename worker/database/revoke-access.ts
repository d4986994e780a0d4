import { and, eq, gt, isNull, type SQL } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { MemberId, SignInId, TenantId } from "#domain/exam/ids.ts";
import type { EpochMs } from "#domain/integrity/signal.ts";
import type { Acting } from "../audit/acting.ts";
import { invitations } from "./access-schema.ts";
import { apiKeys } from "./api-key-schema.ts";
import { passkeys } from "./passkey-schema.ts";
import { nothingShownStatement } from "./shown-factor.ts";
import { signIns } from "./sign-in-schema.ts";

type Owner = { readonly tenantId: TenantId; readonly memberId: MemberId };

/** What was taken from an account. The caller closes the consoles of those sign-ins. */
export type RevokedAccess = { readonly signIns: readonly SignInId[]; readonly keys: number; readonly passkeys: number };

/** The statement that ends the sign-ins of a member, where `when` holds. */
export function signInsEnded(database: D1Database, { tenantId, memberId }: Owner, now: EpochMs, when?: SQL) {
  return drizzle(database)
    .update(signIns)
    .set({ endedAt: now })
    .where(
      and(
        eq(signIns.tenantId, tenantId),
        eq(signIns.memberId, memberId),
        isNull(signIns.endedAt),
        gt(signIns.expiresAt, now),
        when,
      ),
    )
    .returning({ id: signIns.id });
}

/** The statements that revoke a member's keys of the API, and remove their passkeys, where `when` holds. */
export function keysAndPasskeysRevoked(database: D1Database, owner: Owner, now: EpochMs, when?: SQL) {
  const db = drizzle(database);
  const { tenantId, memberId } = owner;
  return [
    db
      .update(apiKeys)
      .set({ revokedAt: now })
      .where(
        and(
          eq(apiKeys.tenantId, tenantId),
          eq(apiKeys.memberId, memberId),
          isNull(apiKeys.revokedAt),
          gt(apiKeys.expiresAt, now),
          when,
        ),
      )
      .returning({ id: apiKeys.id }),
    db
      .delete(passkeys)
      .where(and(eq(passkeys.tenantId, tenantId), eq(passkeys.memberId, memberId), when))
      .returning({ id: passkeys.id }),
    nothingShownStatement(database, owner),
  ] as const;
}

/** The statement that makes a member's outstanding invitation void, where `when` holds. */
export function invitationVoid(database: D1Database, { tenantId, memberId }: Owner, when?: SQL) {
  return drizzle(database)
    .delete(invitations)
    .where(and(eq(invitations.tenantId, tenantId), eq(invitations.memberId, memberId), when));
}

/**
 * Takes all that is open in somebody's name, and every way back in but the password and the app: for the member who acts, or a
 * colleague. [G102] [G103]
 */
export async function revokeAccess(
  database: D1Database,
  acting: Acting,
  memberId: MemberId,
  now: EpochMs,
): Promise<RevokedAccess> {
  const owner = { tenantId: acting.tenantId, memberId };
  const on = memberId === acting.memberId ? null : ({ kind: "member", id: memberId } as const);
  const [ended, keys, removed] = await drizzle(database).batch([
    signInsEnded(database, owner, now),
    ...keysAndPasskeysRevoked(database, owner, now),
    invitationVoid(database, owner),
    acting.enter({ kind: "access-revoked", on }),
  ]);
  return { signIns: ended.map(({ id }) => id), keys: keys.length, passkeys: removed.length };
}
