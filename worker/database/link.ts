import { and, eq, isNull } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { TenantId } from "#domain/exam/ids.ts";
import type { EpochMs } from "#domain/integrity/signal.ts";
import { registrations } from "./schema.ts";

/** A `GuestLink` out of its registration. */
export const linkColumns = {
  notBefore: registrations.linkNotBefore,
  expiresAt: registrations.linkExpiresAt,
  openedAt: registrations.linkOpenedAt,
  revokedAt: registrations.linkRevokedAt,
};

/** Notes when a browser first came with this link. */
export async function noteOpened(
  database: D1Database,
  tenantId: TenantId,
  linkHash: string,
  now: EpochMs,
): Promise<void> {
  await drizzle(database)
    .update(registrations)
    .set({ linkOpenedAt: now })
    .where(
      and(
        eq(registrations.tenantId, tenantId),
        eq(registrations.linkHash, linkHash),
        isNull(registrations.linkOpenedAt),
      ),
    );
}
