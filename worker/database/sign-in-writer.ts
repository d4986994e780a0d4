import { and, eq, gt, inArray, isNull, lt } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import { showsFactor, type SignInWay } from "#domain/access/factor-rule.ts";
import type { SignInId, TenantId } from "#domain/exam/ids.ts";
import type { EpochMs } from "#domain/integrity/signal.ts";
import type { Act, Acting } from "../audit/acting.ts";
import { isDone } from "./audit-statement.ts";
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

type NewSignIn = Whereabouts & {
  readonly id: SignInId;
  readonly refreshHash: string;
  readonly now: EpochMs;
  readonly expiresAt: EpochMs;
  readonly way: SignInWay;
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
    /** Also clears away what the member's sign-ins of before left behind. */
    async begin({ id, refreshHash, now, expiresAt, way, browser, place }: NewSignIn): Promise<void> {
      await db.batch([
        db
          .delete(signIns)
          .where(and(eq(signIns.tenantId, tenantId), eq(signIns.memberId, memberId), lt(signIns.expiresAt, now))),
        db.insert(signIns).values({
          tenantId,
          id,
          memberId,
          refreshHash,
          rotatedAt: now,
          createdAt: now,
          expiresAt,
          browser,
          place,
          way,
          hasShownFactor: showsFactor(way),
        }),
        acting.enter({ kind: "signed-in", on: null, details: { by: way } }),
      ]);
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
