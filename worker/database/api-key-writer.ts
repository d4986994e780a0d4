import { and, eq, isNull } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { KeyId, TenantId } from "#domain/exam/ids.ts";
import type { EpochMs } from "#domain/integrity/signal.ts";
import type { NewKey } from "#protocol/http/api-key.ts";
import type { Acting } from "../audit/acting.ts";
import { apiKeys } from "./api-key-schema.ts";
import { isDone } from "./audit-statement.ts";

/** Using a key is no act of its own: what it is used for is. */
export async function noteKeyUse(database: D1Database, tenantId: TenantId, id: KeyId, now: EpochMs): Promise<void> {
  await drizzle(database)
    .update(apiKeys)
    .set({ lastUsedAt: now })
    .where(and(eq(apiKeys.tenantId, tenantId), eq(apiKeys.id, id)));
}

export function apiKeyWriter(database: D1Database, acting: Acting) {
  const { tenantId, memberId } = acting;
  const db = drizzle(database);
  return {
    /** A key of the member who acts. */
    async create(id: KeyId, { name, scopes, expiresAt }: NewKey, tokenHash: string, now: EpochMs): Promise<void> {
      const details = { scopes: scopes.join(" "), expiresAt };
      await db.batch([
        db.insert(apiKeys).values({ tenantId, id, memberId, name, scopes, tokenHash, createdAt: now, expiresAt }),
        acting.enter({ kind: "key-created", on: { kind: "key", id }, details }),
      ]);
    },

    /** False when there is no such key, or it was revoked before. */
    async revoke(id: KeyId, now: EpochMs): Promise<boolean> {
      const [changed] = await db.batch([
        db
          .update(apiKeys)
          .set({ revokedAt: now })
          .where(and(eq(apiKeys.tenantId, tenantId), eq(apiKeys.id, id), isNull(apiKeys.revokedAt)))
          .returning({ id: apiKeys.id }),
        acting.enter({ kind: "key-revoked", on: { kind: "key", id } }, isDone),
      ]);
      return changed.length > 0;
    },
  };
}
