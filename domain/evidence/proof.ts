import { equalBytes } from "./bytes.ts";
import { append, emptyFrontier, nodeHash, rootOf } from "./merkle.ts";
import { sha256Length } from "./sha256.ts";
import type { Sha256 } from "./sha256.ts";

/** Hashes of 32 bytes, in the order in which RFC 6962 lists them. */
export type Proof = readonly Uint8Array[];

/** "The leaf with this hash is at `index` (from 0) of the tree of `size` leaves with this root." */
export type InclusionClaim = {
  readonly index: number;
  readonly size: number;
  readonly leafHash: Uint8Array;
  readonly root: Uint8Array;
  readonly proof: Proof;
};

/** "The tree of `firstSize` leaves is the beginning of the tree of `secondSize` leaves." */
export type ConsistencyClaim = {
  readonly firstSize: number;
  readonly secondSize: number;
  readonly firstRoot: Uint8Array;
  readonly secondRoot: Uint8Array;
  readonly proof: Proof;
};

/**
 * The audit path of RFC 6962, section 2.1.1, for the leaf at `index` of the tree of the first `size` leaves.
 * Throws a RangeError unless 0 <= index < size <= leafHashes.length.
 */
export function inclusionProof(leafHashes: readonly Uint8Array[], index: number, size: number, sha256: Sha256): Proof {
  if (!isSize(index) || !isSize(size) || index >= size || size > leafHashes.length) {
    throw new RangeError(`No leaf ${index} in the first ${size} of ${leafHashes.length} leaves`);
  }
  return auditPath(leafHashes.slice(0, size), index, sha256);
}

function auditPath(leaves: readonly Uint8Array[], index: number, sha256: Sha256): Proof {
  if (leaves.length === 1) return [];
  const middle = splitOf(leaves.length);
  const left = leaves.slice(0, middle);
  const right = leaves.slice(middle);
  return index < middle
    ? [...auditPath(left, index, sha256), treeHash(right, sha256)]
    : [...auditPath(right, index - middle, sha256), treeHash(left, sha256)];
}

/**
 * The consistency proof of RFC 6962, section 2.1.2, from the tree of the first `firstSize` leaves to that of the first
 * `secondSize`. Empty when the sizes are equal. Throws a RangeError unless 0 < firstSize <= secondSize <=
 * leafHashes.length.
 */
export function consistencyProof(
  leafHashes: readonly Uint8Array[],
  firstSize: number,
  secondSize: number,
  sha256: Sha256,
): Proof {
  if (!isSize(firstSize) || !isSize(secondSize) || firstSize === 0 || firstSize > secondSize) {
    throw new RangeError(`No consistency proof from ${firstSize} to ${secondSize} leaves`);
  }
  if (secondSize > leafHashes.length) throw new RangeError(`There are only ${leafHashes.length} leaves`);
  return subproof(leafHashes.slice(0, secondSize), firstSize, true, sha256);
}

/** `wholeIsFirst`: the leaves at hand, cut to `firstSize`, are the whole first tree, whose root the verifier has. */
function subproof(leaves: readonly Uint8Array[], firstSize: number, wholeIsFirst: boolean, sha256: Sha256): Proof {
  if (firstSize === leaves.length) return wholeIsFirst ? [] : [treeHash(leaves, sha256)];
  const middle = splitOf(leaves.length);
  const left = leaves.slice(0, middle);
  const right = leaves.slice(middle);
  return firstSize <= middle
    ? [...subproof(left, firstSize, wholeIsFirst, sha256), treeHash(right, sha256)]
    : [...subproof(right, firstSize - middle, false, sha256), treeHash(left, sha256)];
}

function treeHash(leaves: readonly Uint8Array[], sha256: Sha256): Uint8Array {
  return rootOf(
    leaves.reduce((frontier, leaf) => append(frontier, leaf, sha256), emptyFrontier),
    sha256,
  );
}

/** The largest power of two below the size, which is 2 or more: where RFC 6962 splits a tree. */
function splitOf(size: number): number {
  let split = 1;
  while (split * 2 < size) split *= 2;
  return split;
}

/** RFC 9162, section 2.1.3.2. A malformed claim is false, never a throw. */
export function verifyInclusion(claim: InclusionClaim, sha256: Sha256): boolean {
  if (!isSize(claim.index) || !isSize(claim.size) || claim.index >= claim.size) return false;
  if (![claim.leafHash, claim.root, ...claim.proof].every(isHash)) return false;
  const climb = climbTo(claim.size - 1, claim.index);
  let hash = claim.leafHash;
  for (const sibling of claim.proof) {
    const side = climb.next();
    if (side === "above the root") return false;
    hash = side === "left" ? nodeHash(sibling, hash, sha256) : nodeHash(hash, sibling, sha256);
  }
  return climb.isAtRoot() && equalBytes(hash, claim.root);
}

/**
 * RFC 9162, section 2.1.4.2. A malformed claim is false, never a throw. So is one from the empty tree, which is the
 * beginning of every tree: there is nothing in it to prove.
 */
export function verifyConsistency(claim: ConsistencyClaim, sha256: Sha256): boolean {
  const { firstSize, secondSize, firstRoot, secondRoot, proof } = claim;
  if (!isSize(firstSize) || !isSize(secondSize) || firstSize === 0 || firstSize > secondSize) return false;
  if (![firstRoot, secondRoot, ...proof].every(isHash)) return false;
  if (firstSize === secondSize) return proof.length === 0 && equalBytes(firstRoot, secondRoot);

  // A first tree that is one perfect subtree is itself the start of the climb, and so is left out of the proof.
  const path = isPowerOfTwo(firstSize) ? [firstRoot, ...proof] : proof;
  const [start, ...siblings] = path;
  if (start === undefined) return false;

  const climb = climbTo(secondSize - 1, firstSize - 1);
  climb.skipRightEdges();
  let firstHash = start;
  let secondHash = start;
  for (const sibling of siblings) {
    const side = climb.next();
    if (side === "above the root") return false;
    if (side === "left") {
      firstHash = nodeHash(sibling, firstHash, sha256);
      secondHash = nodeHash(sibling, secondHash, sha256);
    } else {
      secondHash = nodeHash(secondHash, sibling, sha256);
    }
  }
  return climb.isAtRoot() && equalBytes(firstHash, firstRoot) && equalBytes(secondHash, secondRoot);
}

type Side = "left" | "right" | "above the root";

type Climb = {
  /** The side of the next sibling in a proof, and one step up. */
  readonly next: () => Side;
  readonly skipRightEdges: () => void;
  readonly isAtRoot: () => boolean;
};

/**
 * The walk from a leaf to the root that both verifications make: `fn` and `sn` of RFC 9162. Halving, not shifting: a
 * shift cuts a number to 32 bits, and the sizes in a forged proof may be anything.
 */
function climbTo(lastIndex: number, index: number): Climb {
  let node = index;
  let last = lastIndex;
  function up(): void {
    node = Math.floor(node / 2);
    last = Math.floor(last / 2);
  }
  return {
    next() {
      if (last === 0) return "above the root";
      const isRightmost = node === last;
      const side = node % 2 === 1 || isRightmost ? "left" : "right";
      // The rightmost node has no sibling on the levels where it stands alone; those levels add nothing to the hash.
      if (side === "left") while (node % 2 === 0 && node !== 0) up();
      up();
      return side;
    },
    skipRightEdges() {
      while (node % 2 === 1) up();
    },
    isAtRoot: () => last === 0,
  };
}

function isSize(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}

function isHash(bytes: Uint8Array): boolean {
  return bytes.length === sha256Length;
}

function isPowerOfTwo(size: number): boolean {
  return splitOf(size * 2) === size;
}
