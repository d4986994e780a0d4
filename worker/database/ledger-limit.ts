import { eq, type SQL, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { TenantId } from "#domain/exam/ids.ts";
import type { EpochMs } from "#domain/integrity/signal.ts";
import { attemptPrice } from "#domain/ledger/entry.ts";
import { ledgerLimits } from "./ledger-schema.ts";
import { says } from "./says.ts";

/** An index has all that a balance is the sum of; without being told, SQLite looks each entry up. */
export const changes = sql`ledger_entries indexed by ledger_entries_change`;

/** [B5] */
export function balanceOf(tenantId: TenantId): SQL {
  return sql`(select coalesce(sum(change), 0) from ${changes} where tenant_id = ${tenantId})`;
}

/** [B9] How many hold a place in a sitting that is not over, and have not begun. */
export function promisedBy(tenantId: TenantId, now: EpochMs): SQL {
  return sql`(
    select count(*) from attempts
    join registrations as place on place.tenant_id = attempts.tenant_id and place.attempt_id = attempts.id
    join sittings on sittings.tenant_id = place.tenant_id and sittings.id = place.sitting_id
    where sittings.tenant_id = ${tenantId} and sittings.closes_at > ${now}
      and attempts.opened_at is null and attempts.status not in ('denied', 'handed-in', 'terminated')
  )`;
}

/**
 * [B15] The statement that fails, and with it its batch, when what the batch has promised so far is more than the
 * institution's limit covers: two that add at the same moment are asked one after the other. It changes nothing: SQLite can
 * only refuse what is written, so a limit that is overstepped is written as one that its own check refuses.
 */
export function keepToLimit(database: D1Database, tenantId: TenantId, now: EpochMs) {
  const isKept = sql`${promisedBy(tenantId, now)} * ${sql.raw(String(attemptPrice))} <= ${balanceOf(tenantId)} + overdraft`;
  return drizzle(database)
    .update(ledgerLimits)
    .set({ overdraft: sql`case when ${isKept} then overdraft else -1 end` })
    .where(eq(ledgerLimits.tenantId, tenantId));
}

/** Whether it was that statement which failed. */
export function isOverLimit(error: unknown): boolean {
  return says(error, /CHECK constraint failed: ledger_limits_overdraft/);
}
