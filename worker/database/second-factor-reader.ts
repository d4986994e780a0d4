import { and, count, eq, isNull } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { MemberId, TenantId } from "#domain/exam/ids.ts";
import type { EpochMs } from "#domain/integrity/signal.ts";
import { authenticators, recoveryCodes } from "./second-factor-schema.ts";

/** An authenticator app, as it is stored; `secret` is sealed. */
export type StoredAuthenticator = {
  readonly secret: string;
  readonly confirmedAt: EpochMs | null;
  readonly lastStep: number | null;
};

export function secondFactorReader(database: D1Database, tenantId: TenantId) {
  const db = drizzle(database);
  return {
    /** Null where there is none, not even one that is being set up. */
    async authenticatorOf(memberId: MemberId): Promise<StoredAuthenticator | null> {
      const [row] = await db
        .select({
          secret: authenticators.secret,
          confirmedAt: authenticators.confirmedAt,
          lastStep: authenticators.lastStep,
        })
        .from(authenticators)
        .where(and(eq(authenticators.tenantId, tenantId), eq(authenticators.memberId, memberId)));
      return row ?? null;
    },

    /** How many recovery codes are still good. */
    async recoveryCodesLeft(memberId: MemberId): Promise<number> {
      const [row] = await db
        .select({ left: count() })
        .from(recoveryCodes)
        .where(
          and(eq(recoveryCodes.tenantId, tenantId), eq(recoveryCodes.memberId, memberId), isNull(recoveryCodes.usedAt)),
        );
      return row?.left ?? 0;
    },
  };
}
