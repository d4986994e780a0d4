import { concatenate } from "./bytes.ts";
import type { Sha256 } from "./sha256.ts";

/**
 * All that must be kept of a Merkle tree to append to it and to know its root: the roots of its perfect subtrees, from
 * the largest to the smallest, one for each 1 in the binary form of `size` (the number of leaves).
 */
export type Frontier = { readonly size: number; readonly hashes: readonly Uint8Array[] };

export const emptyFrontier: Frontier = { size: 0, hashes: [] };

// The two prefixes keep a leaf from ever passing for a node (RFC 6962, section 2.1).
const leafPrefix = Uint8Array.of(0x00);
const nodePrefix = Uint8Array.of(0x01);

/** SHA-256(0x00 ‖ bytes): RFC 6962, section 2.1. */
export function leafHash(bytes: Uint8Array, sha256: Sha256): Uint8Array {
  return sha256(concatenate([leafPrefix, bytes]));
}

/** SHA-256(0x01 ‖ left ‖ right): RFC 6962, section 2.1. */
export function nodeHash(left: Uint8Array, right: Uint8Array, sha256: Sha256): Uint8Array {
  return sha256(concatenate([nodePrefix, left, right]));
}

/** The frontier with one leaf more, given by its `leafHash`. The one passed in is left as it was. O(log size). */
export function append(frontier: Frontier, leaf: Uint8Array, sha256: Sha256): Frontier {
  const hashes = [...frontier.hashes];
  let right = leaf;
  // Adding one to a binary number: each trailing 1 of the size is a subtree as large as the one being carried.
  for (let size = frontier.size; size % 2 === 1; size = Math.floor(size / 2)) {
    const left = hashes.pop();
    if (left === undefined) throw new Error(`A frontier of size ${frontier.size} has too few hashes`);
    right = nodeHash(left, right, sha256);
  }
  hashes.push(right);
  return { size: frontier.size + 1, hashes };
}

/** The Merkle tree hash of all leaves: RFC 6962, section 2.1. That of the empty tree is the hash of nothing. */
export function rootOf(frontier: Frontier, sha256: Sha256): Uint8Array {
  if (frontier.hashes.length === 0) return sha256(new Uint8Array());
  return frontier.hashes.reduceRight((right, left) => nodeHash(left, right, sha256));
}
