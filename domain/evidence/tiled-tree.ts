import { leafHash, nodeHash } from "./merkle.ts";
import type { Proof } from "./proof.ts";
import type { Sha256 } from "./sha256.ts";
import { tileHeight, tileWidth } from "./tile.ts";

/**
 * The right edge of a tree in tiles: of each level the hashes of its last tile, which is not full, lowest level first. That
 * is all that must be kept to append, to write the tiles that change, and to know the root.
 */
export type TreeEdge = { readonly size: number; readonly levels: readonly (readonly Uint8Array[])[] };

export const emptyEdge: TreeEdge = { size: 0, levels: [] };

/** A tile that was written: `hashes` from its beginning, 256 of them where it is full. */
export type WrittenTile = { readonly level: number; readonly index: number; readonly hashes: readonly Uint8Array[] };

/**
 * The tree with these leaves more, and every tile that became another one, each in its last state. [L9] The edge passed in
 * is left as it was. A full tile's root is a hash of the level above.
 */
export function appendLeaves(
  edge: TreeEdge,
  leaves: readonly Uint8Array[],
  sha256: Sha256,
): { readonly edge: TreeEdge; readonly tiles: readonly WrittenTile[] } {
  const hashes = leaves.map((leaf) => leafHash(leaf, sha256));
  return appendHashes(edge, hashes, sha256);
}

/** The same for leaves that are given by their hashes. */
export function appendHashes(
  edge: TreeEdge,
  leafHashes: readonly Uint8Array[],
  sha256: Sha256,
): { readonly edge: TreeEdge; readonly tiles: readonly WrittenTile[] } {
  const levels: (readonly Uint8Array[])[] = [];
  const tiles: WrittenTile[] = [];
  let added = leafHashes;
  for (let level = 0; level < edge.levels.length || added.length > 0; level += 1) {
    const hashes = [...(edge.levels[level] ?? []), ...added];
    const firstIndex = Math.floor(edge.size / tileWidth ** (level + 1));
    const full = Math.floor(hashes.length / tileWidth);
    const carried: Uint8Array[] = [];
    for (let index = 0; index * tileWidth < hashes.length; index += 1) {
      const inTile = hashes.slice(index * tileWidth, (index + 1) * tileWidth);
      if (added.length > 0) tiles.push({ level, index: firstIndex + index, hashes: inTile });
      if (inTile.length === tileWidth) carried.push(rootOfHashes(inTile, sha256));
    }
    levels.push(hashes.slice(full * tileWidth));
    added = carried;
  }
  return { edge: { size: edge.size + leafHashes.length, levels }, tiles };
}

/** The root of the tree, whose size is not 0. */
export function rootOfEdge({ levels }: TreeEdge, sha256: Sha256): Uint8Array {
  // From the leaves up: what stands to the right of a level's hashes is the root of all that is beneath them.
  let right: Uint8Array | null = null;
  for (const hashes of levels) {
    const all: readonly Uint8Array[] = right === null ? hashes : [...hashes, right];
    right = all.length === 0 ? null : rootOfHashes(all, sha256);
  }
  if (right === null) throw new RangeError("An empty tree has no tiles");
  return right;
}

/** RFC 6962's tree hash of hashes that stand side by side, one or more. */
export function rootOfHashes(hashes: readonly Uint8Array[], sha256: Sha256): Uint8Array {
  const [only, ...others] = hashes;
  if (only === undefined) throw new RangeError("Nothing has no root");
  if (others.length === 0) return only;
  const split = splitOf(hashes.length);
  return nodeHash(rootOfHashes(hashes.slice(0, split), sha256), rootOfHashes(hashes.slice(split), sha256), sha256);
}

/** Reads the node that is the root of the 2^`height` leaves from `index` * 2^`height` on. */
export type ReadNode = (height: number, index: number) => Uint8Array;

/** The root of the leaves from `start` on, `count` of them, of which `start` is where a subtree of that size may begin. */
function rangeHash(read: ReadNode, start: number, count: number, sha256: Sha256): Uint8Array {
  if (isPowerOfTwo(count)) return read(Math.log2(count), start / count);
  const split = splitOf(count);
  const left = rangeHash(read, start, split, sha256);
  return nodeHash(left, rangeHash(read, start + split, count - split, sha256), sha256);
}

/** `inclusionProof` of the tree of `size` leaves, out of its tiles. Throws a RangeError unless 0 <= index < size. */
export function inclusionFromTiles(read: ReadNode, index: number, size: number, sha256: Sha256): Proof {
  if (!(index >= 0 && index < size)) throw new RangeError(`No leaf ${index} of ${size}`);
  function path(start: number, count: number): Uint8Array[] {
    if (count === 1) return [];
    const split = splitOf(count);
    return index < start + split
      ? [...path(start, split), rangeHash(read, start + split, count - split, sha256)]
      : [...path(start + split, count - split), rangeHash(read, start, split, sha256)];
  }
  return path(0, size);
}

/** The root of the first `size` leaves (not 0), out of the tiles of a tree that has as many or more. */
export function rootFromTiles(read: ReadNode, size: number, sha256: Sha256): Uint8Array {
  return rangeHash(read, 0, size, sha256);
}

/** The tiles that `ReadNode` needs for a proof about leaf `index` in the first `size`, each once: `level` and `index`. */
export function nodeReader(
  hashesOf: (level: number, index: number) => readonly Uint8Array[],
  sha256: Sha256,
): ReadNode {
  return (height, index) => {
    const level = Math.floor(height / tileHeight);
    const within = 2 ** (height % tileHeight);
    const first = index * within;
    const hashes = hashesOf(level, Math.floor(first / tileWidth));
    const begin = first % tileWidth;
    const wanted = hashes.slice(begin, begin + within);
    if (wanted.length !== within) throw new RangeError(`No node ${index} at height ${height}`);
    return rootOfHashes(wanted, sha256);
  };
}

/** The largest power of two below the size, which is 2 or more: where RFC 6962 splits a tree. */
function splitOf(size: number): number {
  let split = 1;
  while (split * 2 < size) split *= 2;
  return split;
}

function isPowerOfTwo(size: number): boolean {
  return splitOf(size * 2) === size;
}
