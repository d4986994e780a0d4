import { equalBytes } from "./bytes.ts";
import { type Checkpoint, parseCheckpoint } from "./checkpoint.ts";
import { erasedEntries, type SaidErased } from "./erased-entries.ts";
import { leafHash } from "./merkle.ts";
import { type PublishedKey, type Signer, signersOf, type VerifyEd25519 } from "./receipt.ts";
import { saltedLeaf } from "./salted-leaf.ts";
import type { Sha256 } from "./sha256.ts";
import { parseNote, signaturesBy } from "./signed-note.ts";
import { hashesOf, tilePath, tilesOf } from "./tile.ts";
import { appendHashes, emptyEdge, rootOfHashes, type WrittenTile } from "./tiled-tree.ts";
import { encodeUtf8 } from "./utf8.ts";

/**
 * An entry as it was handed out: its number, and the two texts whose hash is its leaf, or that leaf where they were erased.
 */
export type HandedOutEntry =
  | { readonly number: number; readonly salt: string; readonly entry: string }
  | { readonly number: number; readonly leaf: Uint8Array };
export type HandedOutTile = { readonly path: string; readonly bytes: Uint8Array };

/** The first thing that is not as it was signed, in the order in which they are looked at. [L19] */
export type LogFault =
  | { readonly kind: "not-a-checkpoint"; readonly which: Which }
  | { readonly kind: "key-unknown"; readonly which: Which }
  | { readonly kind: "signature-wrong"; readonly which: Which; readonly signedBy: string }
  | { readonly kind: "another-log"; readonly origin: string; readonly other: string }
  | { readonly kind: "entries-missing"; readonly size: number; readonly entries: number }
  | { readonly kind: "entries-too-many"; readonly size: number; readonly entries: number }
  | { readonly kind: "entry-misplaced"; readonly place: number; readonly number: number }
  | { readonly kind: "tile-misplaced"; readonly wanted: string; readonly found: string | null }
  | { readonly kind: "entry-changed"; readonly number: number }
  | { readonly kind: "tile-changed"; readonly path: string }
  /** Its text is gone, and no entry says that it was erased. */
  | { readonly kind: "gone-unsaid"; readonly number: number }
  /** More texts are gone than this record is good for. */
  | { readonly kind: "gone-too-many"; readonly number: number; readonly record: SaidErased }
  | { readonly kind: "root-differs"; readonly size: number }
  | { readonly kind: "shrunk"; readonly size: number; readonly before: number }
  | { readonly kind: "history-differs"; readonly before: number };
type Which = "checkpoint" | "earlier checkpoint";

export type LogVerdict =
  /** `erased`: of how many entries the leaf alone is left, as later ones say. `erasedByCount`: for how many of them as a count. */
  | {
      readonly fits: true;
      readonly size: number;
      readonly erased: number;
      readonly erasedByCount: number;
      readonly signedBy: string;
      readonly since: number | null;
    }
  | { readonly fits: false; readonly fault: LogFault };

type Platform = { readonly sha256: Sha256; readonly verifyEd25519: VerifyEd25519 };

/** What is to be verified. `entries`: null where only the tiles are at hand. `since`: an earlier checkpoint, or null. */
export type HandedOutTree = {
  readonly origin: string | null;
  readonly checkpoint: string;
  readonly entries: readonly HandedOutEntry[] | null;
  readonly tiles: readonly HandedOutTile[];
  readonly since: string | null;
};

/**
 * Whether all that was handed out is what the checkpoint signs, and the earlier checkpoint signed its beginning. [L18] Every
 * byte of rows and tiles counts; nothing is asked of anybody.
 */
export function verifyLog(log: HandedOutTree, keys: readonly PublishedKey[], platform: Platform): LogVerdict {
  const opened = openCheckpoint(log.checkpoint, "checkpoint", keys, platform);
  if ("kind" in opened) return faulty(opened);
  const { checkpoint, signer } = opened;
  const { origin, size, root } = checkpoint;
  if (log.origin !== null && log.origin !== origin) return faulty({ kind: "another-log", origin, other: log.origin });
  const fault = countFault(log, size) ?? tilesFault(log.tiles, size) ?? treeFault(log, root, size, platform.sha256);
  if (fault !== null) return faulty(fault);
  const said = erasedEntries(log.entries ?? []);
  if ("unsaid" in said) return faulty(unsaidFault(said.unsaid, said.record));
  const fits = { fits: true, size, ...said, signedBy: signer.label } as const;
  if (log.since === null) return { ...fits, since: null };

  const earlier = openCheckpoint(log.since, "earlier checkpoint", keys, platform);
  if ("kind" in earlier) return faulty(earlier);
  const before = earlier.checkpoint;
  if (before.origin !== origin) return faulty({ kind: "another-log", origin, other: before.origin });
  if (before.size > size) return faulty({ kind: "shrunk", size, before: before.size });
  const hashes = leafHashesOf(log.tiles).slice(0, before.size);
  const isBeginning = hashes.length > 0 && equalBytes(rootOfHashes(hashes, platform.sha256), before.root);
  if (!isBeginning) return faulty({ kind: "history-differs", before: before.size });
  return { ...fits, since: before.size };
}

function openCheckpoint(
  text: string,
  which: Which,
  keys: readonly PublishedKey[],
  { sha256, verifyEd25519 }: Platform,
): { readonly checkpoint: Checkpoint; readonly signer: Signer } | LogFault {
  const note = parseNote(text);
  const checkpoint = note === null ? null : parseCheckpoint(note.body);
  if (note === null || checkpoint === null) return { kind: "not-a-checkpoint", which };
  const signers = signersOf(note, keys, sha256);
  const [signer] = signers;
  // One signature is all that a log has: another beside it was added by somebody.
  if (signer === undefined || note.signatures.length !== 1) return { kind: "key-unknown", which };
  const message = encodeUtf8(note.body);
  const isGood = signaturesBy(note, signer.keyName, signer.publicKey, sha256).every((signature) =>
    verifyEd25519(signer.publicKey, message, signature),
  );
  return isGood ? { checkpoint, signer } : { kind: "signature-wrong", which, signedBy: signer.label };
}

function countFault({ entries }: HandedOutTree, size: number): LogFault | null {
  if (entries === null) return null;
  const misplaced = entries.findIndex(({ number }, index) => number !== index + 1);
  const found = entries[misplaced];
  if (found !== undefined) return { kind: "entry-misplaced", place: misplaced + 1, number: found.number };
  if (entries.length < size) return { kind: "entries-missing", size, entries: entries.length };
  return entries.length > size ? { kind: "entries-too-many", size, entries: entries.length } : null;
}

/** Every tile of the tree, each in its place and as wide as it must be, and no other. */
function tilesFault(tiles: readonly HandedOutTile[], size: number): LogFault | null {
  const wanted = tilesOf(size);
  for (const [index, tile] of wanted.entries()) {
    const found = tiles[index];
    const path = tilePath(tile);
    if (found?.path !== path) return { kind: "tile-misplaced", wanted: path, found: found?.path ?? null };
    if (hashesOf(found.bytes)?.length !== tile.width) return { kind: "tile-changed", path };
  }
  const extra = tiles[wanted.length];
  return extra === undefined ? null : { kind: "tile-misplaced", wanted: "none", found: extra.path };
}

function treeFault({ entries, tiles }: HandedOutTree, root: Uint8Array, size: number, sha256: Sha256): LogFault | null {
  if (size === 0) return { kind: "root-differs", size };
  const stored = leafHashesOf(tiles);
  const isStoredRight = equalBytes(rootOfHashes(stored, sha256), root);
  const rows = entries?.map((entry) => leafHash(leafOf(entry, sha256), sha256)) ?? stored;
  if (!equalBytes(rootOfHashes(rows, sha256), root)) {
    const changed = rows.findIndex((hash, index) => !equalBytes(hash, stored[index] ?? new Uint8Array()));
    // Where the tiles are those that were signed, they say which row is not.
    return isStoredRight && changed !== -1
      ? { kind: "entry-changed", number: changed + 1 }
      : { kind: "root-differs", size };
  }
  const grown = grow(rows, sha256);
  const changed = tiles.find(({ path, bytes }) => !isTile(bytes, grown.get(path)));
  return changed === undefined ? null : { kind: "tile-changed", path: changed.path };
}

function leafOf(entry: HandedOutEntry, sha256: Sha256): Uint8Array {
  return "leaf" in entry ? entry.leaf : saltedLeaf(entry.salt, entry.entry, sha256);
}

function unsaidFault(number: number, record: SaidErased | null): LogFault {
  return record === null ? { kind: "gone-unsaid", number } : { kind: "gone-too-many", number, record };
}

/** The tiles that a tree of these leaves has, by their paths. */
function grow(leafHashes: readonly Uint8Array[], sha256: Sha256): ReadonlyMap<string, WrittenTile> {
  const { tiles } = appendHashes(emptyEdge, leafHashes, sha256);
  return new Map(tiles.map((tile) => [tilePath({ ...tile, width: tile.hashes.length }), tile]));
}

function isTile(bytes: Uint8Array, tile: WrittenTile | undefined): boolean {
  const hashes = hashesOf(bytes);
  return (
    tile !== undefined && hashes !== null && hashes.every((hash, index) => equalBytes(hash, tile.hashes[index] ?? hash))
  );
}

function leafHashesOf(tiles: readonly HandedOutTile[]): readonly Uint8Array[] {
  return tiles.filter(({ path }) => path.startsWith("0/")).flatMap(({ bytes }) => hashesOf(bytes) ?? []);
}

function faulty(fault: LogFault): LogVerdict {
  return { fits: false, fault };
}
