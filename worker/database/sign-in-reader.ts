import { and, desc, eq, gt, gte, isNull } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import { type StoredSignIn, unusedSince } from "#domain/access/refresh.ts";
import type { MemberId, SignInId, TenantId } from "#domain/exam/ids.ts";
import type { EpochMs } from "#domain/integrity/signal.ts";
import type { SignInEntry } from "#protocol/http/sign-in-list.ts";
import { signIns } from "./sign-in-schema.ts";

export function signInReader(database: D1Database, tenantId: TenantId) {
  const db = drizzle(database);
  return {
    async byId(id: SignInId): Promise<(StoredSignIn & { readonly memberId: MemberId }) | null> {
      const [row] = await db
        .select({
          memberId: signIns.memberId,
          refreshHash: signIns.refreshHash,
          previousHash: signIns.previousHash,
          rotatedAt: signIns.rotatedAt,
          expiresAt: signIns.expiresAt,
          endedAt: signIns.endedAt,
        })
        .from(signIns)
        .where(and(eq(signIns.tenantId, tenantId), eq(signIns.id, id)));
      return row ?? null;
    },

    /** Those that go on, the latest use first. */
    async ofMember(memberId: MemberId, now: EpochMs): Promise<readonly Omit<SignInEntry, "isThis">[]> {
      return db
        .select({
          signInId: signIns.id,
          browser: signIns.browser,
          place: signIns.place,
          signedInAt: signIns.createdAt,
          lastUsedAt: signIns.rotatedAt,
          expiresAt: signIns.expiresAt,
        })
        .from(signIns)
        .where(
          and(
            eq(signIns.tenantId, tenantId),
            eq(signIns.memberId, memberId),
            isNull(signIns.endedAt),
            gt(signIns.expiresAt, now),
            gte(signIns.rotatedAt, unusedSince(now)),
          ),
        )
        .orderBy(desc(signIns.rotatedAt), desc(signIns.id));
    },
  };
}
