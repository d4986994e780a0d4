import type { TenantId } from "#domain/exam/ids.ts";

/** What the Worker asks of an institution's transparency log, the Durable Object that has the tenant's id as its name. */
export type TransparencyLogRpc = {
  /** There are entries that are not in the tree yet: told again, it changes nothing. */
  expect(tenantId: TenantId): Promise<void>;
};

/** A stretch of an institution's audit for its log. `leaves`: 32 bytes each, of the entries from the number asked on. */
export type AuditStretch = { readonly logId: string; readonly leaves: readonly Uint8Array[] };

/** What the log asks of the Worker. Throws when it could not; null while the institution has no entry. */
export type AuditTrailRpc = {
  leavesFrom(tenantId: TenantId, number: number, limit: number): Promise<AuditStretch | null>;
};

/** What is in the bucket under this: `checkpoint`, and `tile/` with a file for each tile however wide it is by now. */
export function logPrefix(logId: string): string {
  return `logs/${logId}/`;
}

/** A tree's origin: what its checkpoints begin with. `systemName` is CHECKPOINT_ORIGIN. [L10] */
export function logOrigin(systemName: string, logId: string): string {
  return `${systemName}/v1/logs/${logId}`;
}
