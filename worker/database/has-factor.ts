import { and, eq, exists, isNotNull, or, type SQL, sql, type SQLWrapper } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { MemberId, TenantId } from "#domain/exam/ids.ts";
import { passkeys } from "./passkey-schema.ts";
import { authenticators } from "./second-factor-schema.ts";

/** That a member has a second factor of their own: an app that counts, or a passkey. `memberId`: an id, or a column. */
export function hasFactor(database: D1Database, tenantId: TenantId, memberId: MemberId | SQLWrapper): SQL {
  const db = drizzle(database);
  const app = db
    .select({ one: sql`1` })
    .from(authenticators)
    .where(
      and(
        eq(authenticators.tenantId, tenantId),
        eq(authenticators.memberId, memberId),
        isNotNull(authenticators.confirmedAt),
      ),
    );
  const passkey = db
    .select({ one: sql`1` })
    .from(passkeys)
    .where(and(eq(passkeys.tenantId, tenantId), eq(passkeys.memberId, memberId)));
  return sql`(${or(exists(app), exists(passkey))})`;
}
