import { parseCheckpoint } from "#domain/evidence/checkpoint.ts";
import { parseNote } from "#domain/evidence/signed-note.ts";
import { hashesOf, type Tile, tilePath, tileWidth } from "#domain/evidence/tile.ts";
import type { Proof } from "#domain/evidence/proof.ts";
import { sha256Length, type Sha256 } from "#domain/evidence/sha256.ts";
import { inclusionFromTiles, nodeReader } from "#domain/evidence/tiled-tree.ts";
import type { EpochMs } from "#domain/integrity/signal.ts";
import { logPrefix } from "#protocol/transparency-log.ts";

export type SignedHead = {
  /** The note as it was signed. */
  readonly checkpoint: string;
  readonly origin: string;
  readonly size: number;
  readonly signedAt: EpochMs;
};

class TileNeeded extends Error {
  readonly level: number;
  readonly index: number;
  constructor(level: number, index: number) {
    super(`tile ${level}/${index}`);
    this.level = level;
    this.index = index;
  }
}

/** What an institution's log has published, read from the bucket. */
export function publishedLog(bucket: R2Bucket, logId: string) {
  return {
    /** The latest checkpoint; null while there is none. */
    async head(): Promise<SignedHead | null> {
      const object = await bucket.get(`${logPrefix(logId)}checkpoint`);
      const checkpoint = (await object?.text()) ?? "";
      const parsed = parseCheckpoint(parseNote(checkpoint)?.body ?? "");
      if (object === null || parsed === null) return null;
      return { checkpoint, origin: parsed.origin, size: parsed.size, signedAt: object.uploaded.getTime() };
    },

    /** The bytes of a tile, cut to its width. Throws where the bucket does not have it, which was promised. */
    tile: (tile: Tile) => readTile(bucket, logId, tile),

    /** The proof that the leaf at `index` is in the tree of `size` leaves. */
    async inclusion(index: number, size: number, sha256: Sha256): Promise<Proof> {
      const tiles = new Map<string, readonly Uint8Array[]>();
      const node = nodeReader((level, at) => {
        const known = tiles.get(`${level}/${at}`);
        if (known === undefined) throw new TileNeeded(level, at);
        return known;
      }, sha256);
      for (;;) {
        try {
          return inclusionFromTiles(node, index, size, sha256);
        } catch (error) {
          if (!(error instanceof TileNeeded)) throw error;
          const width = Math.min(tileWidth, Math.floor(size / tileWidth ** error.level) - error.index * tileWidth);
          const bytes = await readTile(bucket, logId, { level: error.level, index: error.index, width });
          tiles.set(`${error.level}/${error.index}`, hashesOf(bytes) ?? []);
        }
      }
    },
  };
}

async function readTile(bucket: R2Bucket, logId: string, { level, index, width }: Tile): Promise<Uint8Array> {
  const path = `${logPrefix(logId)}tile/${tilePath({ level, index, width: tileWidth })}`;
  const bytes = await (await bucket.get(path))?.arrayBuffer();
  if (bytes === undefined || bytes.byteLength < width * sha256Length) throw new Error("A published tile is missing");
  return new Uint8Array(bytes.slice(0, width * sha256Length));
}
