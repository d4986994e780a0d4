import { WorkerEntrypoint } from "cloudflare:workers";
import { and, asc, eq, gte } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import { decodeBase64 } from "#domain/evidence/base64.ts";
import { saltedLeaf } from "#domain/evidence/salted-leaf.ts";
import type { TenantId } from "#domain/exam/ids.ts";
import type { AuditStretch, AuditTrailRpc } from "#protocol/transparency-log.ts";
import type { Env } from "../env.ts";
import { homeOf } from "../home.ts";
import { sha256 } from "../sha256.ts";
import { auditEntries, transparencyLogs } from "./audit-schema.ts";

/** What transparency logs ask through the binding of the Worker to itself. Hashes go out, and never an entry. */
export class AuditTrail extends WorkerEntrypoint<Env> implements AuditTrailRpc {
  async leavesFrom(tenantId: TenantId, number: number, limit: number): Promise<AuditStretch | null> {
    const { database } = await homeOf(this.env, tenantId);
    const db = drizzle(database);
    const [rows, [log]] = await db.batch([
      db
        .select({ salt: auditEntries.salt, entry: auditEntries.entry, leaf: auditEntries.leaf })
        .from(auditEntries)
        .where(and(eq(auditEntries.tenantId, tenantId), gte(auditEntries.seq, number)))
        .orderBy(asc(auditEntries.seq))
        .limit(limit),
      db
        .select({ logId: transparencyLogs.logId })
        .from(transparencyLogs)
        .where(eq(transparencyLogs.tenantId, tenantId)),
    ]);
    if (log === undefined) return null;
    return { logId: log.logId, leaves: rows.map(leafOf) };
  }
}

/** [D7] Of an entry that was erased it is kept as it was. */
function leafOf({ salt, entry, leaf }: { salt: string; entry: string; leaf: string | null }): Uint8Array {
  const kept = leaf === null ? saltedLeaf(salt, entry, sha256) : decodeBase64(leaf);
  if (kept === null) throw new Error("A stored leaf is no base64");
  return kept;
}
