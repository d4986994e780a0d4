import { and, eq, exists, gt, inArray, isNotNull, isNull, lt, not, type SQL, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import { showsFactor } from "#domain/access/factor-rule.ts";
import type { PasskeyId, SignInId, TenantId } from "#domain/exam/ids.ts";
import type { EpochMs } from "#domain/integrity/signal.ts";
import type { Act, Acting } from "../audit/acting.ts";
import { isDone } from "./audit-statement.ts";
import { passkeys } from "./passkey-schema.ts";
import { isStill } from "./password-writer.ts";
import { members } from "./schema.ts";
import { authenticators } from "./second-factor-schema.ts";
import { signIns } from "./sign-in-schema.ts";

/** What is told of the browser that signs in. */
export type Whereabouts = { readonly browser: string | null; readonly place: string | null };

type Rotation = {
  readonly id: SignInId;
  readonly from: string;
  readonly to: string;
  readonly now: EpochMs;
  readonly place: string | null;
};

/** What was shown to sign in. `passwordHash`: that the password was checked with. What a provider says is for the caller to look at. */
export type Shown =
  | { readonly way: "password" | "app-code" | "recovery-code"; readonly passwordHash: string }
  | { readonly way: "passkey"; readonly passkeyId: PasskeyId }
  | { readonly way: "single-sign-on" };

type NewSignIn = Whereabouts & {
  readonly id: SignInId;
  readonly refreshHash: string;
  readonly now: EpochMs;
  readonly expiresAt: EpochMs;
  readonly shown: Shown;
};

/** Renewing is no act of a member: the next refresh token takes the place of this one, unless another request did so first. */
export async function rotateRefresh(
  database: D1Database,
  tenantId: TenantId,
  { id, from, to, now, place }: Rotation,
): Promise<void> {
  await drizzle(database)
    .update(signIns)
    .set({ refreshHash: to, previousHash: from, rotatedAt: now, place })
    .where(
      and(
        eq(signIns.tenantId, tenantId),
        eq(signIns.id, id),
        eq(signIns.refreshHash, from),
        isNull(signIns.endedAt),
        gt(signIns.expiresAt, now),
      ),
    );
}

export function signInWriter(database: D1Database, acting: Acting) {
  const db = drizzle(database);
  const { tenantId, memberId } = acting;
  return {
    /**
     * Also clears away what the member's sign-ins of before left behind. False where what was shown is not good any more: what
     * took it ended the sign-ins that there were, and this one must not come after. [G33] [G100]
     */
    async begin({ id, refreshHash, now, expiresAt, shown, browser, place }: NewSignIn): Promise<boolean> {
      const { way } = shown;
      const hasShown = showsFactor(way) ? 1 : 0;
      const [, rows] = await db.batch([
        db
          .delete(signIns)
          .where(and(eq(signIns.tenantId, tenantId), eq(signIns.memberId, memberId), lt(signIns.expiresAt, now))),
        // The columns in the order of the table.
        db
          .insert(signIns)
          .select(
            sql`select ${tenantId}, ${id}, ${memberId}, ${refreshHash}, null, ${now}, ${now}, ${expiresAt}, null, ${browser}, ${place}, ${way}, ${hasShown} where ${isGood(database, acting, shown)}`,
          )
          .returning({ id: signIns.id }),
        acting.enter({ kind: "signed-in", on: null, details: { by: way } }, isDone),
      ]);
      return rows.length > 0;
    },

    /** Ends these sign-ins of the member. Tells which of them had not ended before; where none had, nothing was done. */
    async end(ids: readonly SignInId[], now: EpochMs, act: Act): Promise<readonly SignInId[]> {
      const [rows] = await db.batch([
        db
          .update(signIns)
          .set({ endedAt: now })
          .where(
            and(
              eq(signIns.tenantId, tenantId),
              eq(signIns.memberId, memberId),
              inArray(signIns.id, [...ids]),
              isNull(signIns.endedAt),
            ),
          )
          .returning({ id: signIns.id }),
        acting.enter(act, isDone),
      ]);
      return rows.map(({ id }) => id);
    },
  };
}

/** That what was shown is good as it was: the same password, with or without an app as then; the same passkey. */
function isGood(
  database: D1Database,
  { tenantId, memberId }: Pick<Acting, "tenantId" | "memberId">,
  shown: Shown,
): SQL {
  const db = drizzle(database);
  const one = { one: sql`1` };
  switch (shown.way) {
    case "single-sign-on":
      return sql`1`;
    case "passkey": {
      const { passkeyId } = shown;
      const own = and(eq(passkeys.tenantId, tenantId), eq(passkeys.memberId, memberId), eq(passkeys.id, passkeyId));
      return exists(db.select(one).from(passkeys).where(own));
    }
    case "password":
    case "app-code":
    case "recovery-code": {
      const hash = isStill({ tenantId, memberId }, shown.passwordHash);
      const own = and(eq(authenticators.tenantId, tenantId), eq(authenticators.memberId, memberId));
      const app = exists(
        db
          .select(one)
          .from(authenticators)
          .where(and(own, isNotNull(authenticators.confirmedAt))),
      );
      const factor = showsFactor(shown.way) ? app : not(app);
      return sql`${exists(db.select(one).from(members).where(hash))} and ${factor}`;
    }
  }
}
