import { and, count, desc, eq, gt, isNull } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { Permission } from "#domain/access/permission.ts";
import type { KeyId, MemberId, TenantId } from "#domain/exam/ids.ts";
import type { EpochMs } from "#domain/integrity/signal.ts";
import type { Key } from "#protocol/http/api-key.ts";
import { apiKeys } from "./api-key-schema.ts";
import { members } from "./schema.ts";

type LiveKey = {
  readonly memberId: MemberId;
  readonly scopes: readonly Permission[];
  readonly lastUsedAt: EpochMs | null;
};

export function apiKeyReader(database: D1Database, tenantId: TenantId) {
  const db = drizzle(database);
  return {
    /** The key with this token, null when it is no longer good, or never was. */
    async live(id: KeyId, tokenHash: string, now: EpochMs): Promise<LiveKey | null> {
      const [row] = await db
        .select({ memberId: apiKeys.memberId, scopes: apiKeys.scopes, lastUsedAt: apiKeys.lastUsedAt })
        .from(apiKeys)
        .where(
          and(
            eq(apiKeys.tenantId, tenantId),
            eq(apiKeys.id, id),
            eq(apiKeys.tokenHash, tokenHash),
            isNull(apiKeys.revokedAt),
            gt(apiKeys.expiresAt, now),
          ),
        );
      return row ?? null;
    },

    /** How many keys of a member are good now. */
    async liveOf(memberId: MemberId, now: EpochMs): Promise<number> {
      const isGood = and(isNull(apiKeys.revokedAt), gt(apiKeys.expiresAt, now));
      const [row] = await db
        .select({ keys: count() })
        .from(apiKeys)
        .where(and(eq(apiKeys.tenantId, tenantId), eq(apiKeys.memberId, memberId), isGood));
      return row?.keys ?? 0;
    },

    /** The latest made first, also those that are no longer good. */
    async list(): Promise<readonly Key[]> {
      const rows = await db
        .select({
          keyId: apiKeys.id,
          name: apiKeys.name,
          memberId: apiKeys.memberId,
          memberName: members.name,
          scopes: apiKeys.scopes,
          createdAt: apiKeys.createdAt,
          expiresAt: apiKeys.expiresAt,
          lastUsedAt: apiKeys.lastUsedAt,
          revokedAt: apiKeys.revokedAt,
        })
        .from(apiKeys)
        .innerJoin(members, and(eq(members.tenantId, apiKeys.tenantId), eq(members.id, apiKeys.memberId)))
        .where(eq(apiKeys.tenantId, tenantId))
        .orderBy(desc(apiKeys.createdAt), desc(apiKeys.id));
      return rows.map((row) => ({ ...row, scopes: [...row.scopes] }));
    },
  };
}
