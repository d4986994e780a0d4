import { concatenate } from "#domain/evidence/bytes.ts";
import type { TreeEdge } from "#domain/evidence/tiled-tree.ts";
import { hashesOf } from "#domain/evidence/tile.ts";
import type { TenantId } from "#domain/exam/ids.ts";

/** Each entry brings the tables one version on. An entry that has landed is never edited: a change is a new entry. */
const versions: readonly string[] = [
  `
  CREATE TABLE log (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    tenant_id TEXT NOT NULL,
    log_id TEXT,
    size INTEGER NOT NULL,
    last_leaf BLOB
  ) STRICT;
  CREATE TABLE edge (level INTEGER PRIMARY KEY, hashes BLOB NOT NULL) STRICT;
  CREATE TABLE bundle (only INTEGER PRIMARY KEY CHECK (only = 1), leaves BLOB NOT NULL) STRICT;
  CREATE TABLE outgoing (position INTEGER PRIMARY KEY AUTOINCREMENT, path TEXT NOT NULL, bytes BLOB NOT NULL) STRICT;
  `,
];

export function migrate(storage: DurableObjectStorage): void {
  storage.sql.exec("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL) STRICT");
  const [row] = storage.sql.exec<{ version: number }>("SELECT version FROM schema_version").toArray();
  const current = row?.version ?? 0;
  if (current === versions.length) return;
  storage.transactionSync(() => {
    for (const statements of versions.slice(current)) storage.sql.exec(statements);
    storage.sql.exec("DELETE FROM schema_version");
    storage.sql.exec("INSERT INTO schema_version (version) VALUES (?)", versions.length);
  });
}

/** What the log knows of itself. `lastLeaf` is the last that is in the tree; `logId` comes with the first. */
export type LogState = {
  readonly tenantId: TenantId;
  readonly logId: string | null;
  readonly lastLeaf: Uint8Array | null;
  readonly edge: TreeEdge;
  /** The leaves of the bundle that is not full. */
  readonly bundle: readonly Uint8Array[];
};

export type Outgoing = { readonly path: string; readonly bytes: Uint8Array };

/** The tree, and what of it is not in the bucket yet. Nothing is kept in memory: an object that starts anew goes on. */
export function createLogStore({ sql }: DurableObjectStorage) {
  return {
    /** Whose log it is. It never becomes another's. */
    belongTo(tenantId: TenantId): void {
      sql.exec("INSERT OR IGNORE INTO log (only, tenant_id, size) VALUES (1, ?, 0)", tenantId);
      const owner = sql.exec<{ tenant_id: string }>("SELECT tenant_id FROM log").one().tenant_id;
      if (owner !== tenantId) throw new Error("A transparency log is of one institution");
    },

    read(): LogState | null {
      type Row = { tenant_id: string; log_id: string | null; size: number; last_leaf: ArrayBuffer | null };
      const [row] = sql.exec<Row>("SELECT tenant_id, log_id, size, last_leaf FROM log").toArray();
      if (row === undefined) return null;
      const levels = sql.exec<{ hashes: ArrayBuffer }>("SELECT hashes FROM edge ORDER BY level").toArray();
      const [bundle] = sql.exec<{ leaves: ArrayBuffer }>("SELECT leaves FROM bundle").toArray();
      return {
        tenantId: row.tenant_id as TenantId,
        logId: row.log_id,
        lastLeaf: row.last_leaf === null ? null : new Uint8Array(row.last_leaf),
        edge: { size: row.size, levels: levels.map(({ hashes }) => unpack(hashes)) },
        bundle: bundle === undefined ? [] : unpack(bundle.leaves),
      };
    },

    /** Within a transaction of the caller: the grown tree, and what must now come into the bucket, in this order. */
    write({ logId, lastLeaf, edge, bundle }: LogState, outgoing: readonly Outgoing[]): void {
      sql.exec("UPDATE log SET log_id = ?, size = ?, last_leaf = ?", logId, edge.size, lastLeaf);
      for (const [level, hashes] of edge.levels.entries()) {
        sql.exec("INSERT OR REPLACE INTO edge (level, hashes) VALUES (?, ?)", level, concatenate(hashes));
      }
      sql.exec("INSERT OR REPLACE INTO bundle (only, leaves) VALUES (1, ?)", concatenate(bundle));
      for (const { path, bytes } of outgoing) {
        sql.exec("INSERT INTO outgoing (path, bytes) VALUES (?, ?)", path, bytes);
      }
    },

    /** What is not in the bucket yet, oldest first. */
    outgoing(): readonly (Outgoing & { readonly position: number })[] {
      type Row = { position: number; path: string; bytes: ArrayBuffer };
      const rows = sql.exec<Row>("SELECT position, path, bytes FROM outgoing ORDER BY position").toArray();
      return rows.map(({ position, path, bytes }) => ({ position, path, bytes: new Uint8Array(bytes) }));
    },

    published(position: number): void {
      sql.exec("DELETE FROM outgoing WHERE position <= ?", position);
    },
  };
}

function unpack(bytes: ArrayBuffer): readonly Uint8Array[] {
  const hashes = hashesOf(new Uint8Array(bytes));
  if (hashes === null) throw new Error("A stored level is no whole number of hashes");
  return hashes;
}

export type LogStore = ReturnType<typeof createLogStore>;
