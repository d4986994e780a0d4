import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { nodeHash } from "#domain/evidence/merkle.ts";
import { consistencyProof, inclusionProof, verifyConsistency, verifyInclusion } from "#domain/evidence/proof.ts";
import type { ConsistencyClaim, InclusionClaim } from "#domain/evidence/proof.ts";
import { fromBase64, hex, sha256 } from "./hash.ts";
import { consistencyProbes, inclusionProbes } from "./probes.ts";
import type { InclusionProbe } from "./probes.ts";
import { flipBit, naiveRoot, publicLeafHashes, publicRoots, sixtyFourLeafHashes, someLeafHashes } from "./trees.ts";

function inclusionOf(leafHashes: readonly Uint8Array[], index: number, size: number): InclusionClaim {
  return {
    index,
    size,
    leafHash: at(leafHashes, index),
    root: naiveRoot(leafHashes.slice(0, size)),
    proof: inclusionProof(leafHashes, index, size, sha256),
  };
}

function consistencyOf(leafHashes: readonly Uint8Array[], firstSize: number, secondSize: number): ConsistencyClaim {
  return {
    firstSize,
    secondSize,
    firstRoot: naiveRoot(leafHashes.slice(0, firstSize)),
    secondRoot: naiveRoot(leafHashes.slice(0, secondSize)),
    proof: consistencyProof(leafHashes, firstSize, secondSize, sha256),
  };
}

function at<T>(list: readonly T[], index: number): T {
  const one = list[index];
  if (one === undefined) throw new Error(`Nothing at ${index}`);
  return one;
}

/** A natural number below the limit, chosen when the limit is known. */
function below(limit: number, fraction: number): number {
  return Math.min(limit - 1, Math.floor(fraction * limit));
}

// Not fc.double, which is mostly next to 0 or 1.
const someFraction = fc.nat({ max: 999_999 }).map((millionths) => millionths / 1_000_000);

describe("inclusion", () => {
  test("[E5] each public inclusion probe is believed or refused as published", () => {
    const wrong = inclusionProbes.filter((probe) => {
      const claim = {
        index: probe.leafIdx,
        size: probe.treeSize,
        leafHash: fromBase64(probe.leafHash ?? ""),
        root: fromBase64(probe.root ?? ""),
        proof: (probe.proof ?? []).map(fromBase64),
      };
      return verifyInclusion(claim, sha256) === probe.wantErr;
    });
    expect(wrong).toEqual([]);
    expect(inclusionProbes).toHaveLength(98);
  });

  test.each(inclusionProbes.filter(isOfPublicTree))(
    "[E5] the published inclusion proof $file is the one made here",
    ({ leafIdx, treeSize, proof }) => {
      const made = inclusionProof(publicLeafHashes, leafIdx, treeSize, sha256);
      expect(made.map(hex)).toEqual((proof ?? []).map((hash) => hex(fromBase64(hash))));
    },
  );

  test("[E5] every leaf of every tree to size 64 has a proof that verifies", () => {
    fc.assert(
      fc.property(someLeafHashes, someFraction, (leafHashes, fraction) => {
        const size = leafHashes.length;
        expect(verifyInclusion(inclusionOf(leafHashes, below(size, fraction), size), sha256)).toBe(true);
      }),
    );
    const leafHashes = sixtyFourLeafHashes;
    for (let size = 1; size <= leafHashes.length; size += 1) {
      for (let index = 0; index < size; index += 1) {
        expect(verifyInclusion(inclusionOf(leafHashes, index, size), sha256)).toBe(true);
      }
    }
  });

  test("[E7] one flipped bit of proof, root, leaf or index is noticed", () => {
    fc.assert(
      fc.property(someLeafHashes, someFraction, someFraction, (leafHashes, where, fraction) => {
        const size = leafHashes.length;
        const claim = inclusionOf(leafHashes, below(size, where), size);
        const bits = (claim.proof.length + 2) * 256 + 32;
        const changed = withInclusionBitFlipped(claim, below(bits, fraction));
        expect(verifyInclusion(changed, sha256)).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  test("[E7] every single bit of one proof matters", () => {
    const claim = inclusionOf(publicLeafHashes, 5, 7);
    const bits = (claim.proof.length + 2) * 256 + 32;
    const unnoticed = Array.from({ length: bits }, (_, bit) => bit).filter((bit) =>
      verifyInclusion(withInclusionBitFlipped(claim, bit), sha256),
    );
    expect(unnoticed).toEqual([]);
  });

  const honest = inclusionOf(publicLeafHashes, 5, 7);
  test.each<{ title: string; change: Partial<InclusionClaim> }>([
    { title: "a hash too many", change: { proof: [...honest.proof, honest.root] } },
    { title: "a hash too few", change: { proof: honest.proof.slice(0, -1) } },
    { title: "a short hash", change: { proof: honest.proof.map((hash) => hash.slice(1)) } },
    { title: "a long root", change: { root: Uint8Array.of(...honest.root, 0) } },
    { title: "an empty leaf", change: { leafHash: new Uint8Array() } },
    { title: "a negative index", change: { index: -1 } },
    { title: "half an index", change: { index: 4.5 } },
    { title: "an index past the end", change: { index: 7 } },
    { title: "no size", change: { size: 0 } },
    { title: "an index that is not a number", change: { index: Number.NaN } },
    { title: "an endless size", change: { size: Number.POSITIVE_INFINITY } },
    { title: "an index that is the same in 32 bits", change: { index: 5 + 2 ** 32, size: 7 + 2 ** 32 } },
  ])("[E8] $title is refused and throws nothing", ({ change }) => {
    expect(verifyInclusion(honest, sha256)).toBe(true);
    expect(verifyInclusion({ ...honest, ...change }, sha256)).toBe(false);
  });

  test.each([-1, 0.5, Number.NaN])("[E8] the proof of leaf 0 is none of leaf %d", (index) => {
    expect(verifyInclusion({ ...inclusionOf(publicLeafHashes, 0, 8), index }, sha256)).toBe(false);
  });

  test("[E8] a proof that climbs past the root is refused, even to the root that it makes", () => {
    const [leaf, other] = [at(publicLeafHashes, 0), at(publicLeafHashes, 1)];
    for (const root of [nodeHash(other, leaf, sha256), nodeHash(leaf, other, sha256)]) {
      expect(verifyInclusion({ index: 0, size: 1, leafHash: leaf, root, proof: [other] }, sha256)).toBe(false);
    }
  });

  test("[E5] the last leaf of a tree of 2^32 + 1 is proved with one hash", () => {
    const [leaf, others] = [at(publicLeafHashes, 0), at(publicLeafHashes, 1)];
    const root = nodeHash(others, leaf, sha256);
    const claim = { index: 2 ** 32, size: 2 ** 32 + 1, leafHash: leaf, root, proof: [others] };
    expect(verifyInclusion(claim, sha256)).toBe(true);
  });

  test.each([
    { index: 3, size: 3 },
    { index: -1, size: 3 },
    { index: 0, size: 9 },
    { index: 0.5, size: 3 },
  ])("[E10] no proof is made for leaf $index of $size, of 8 leaves", ({ index, size }) => {
    expect(() => inclusionProof(publicLeafHashes, index, size, sha256)).toThrow(RangeError);
  });
});

/** Believed as published: both its roots are the same 12 bytes, and of equal sizes. Here a root has 32, or it is malformed. */
const probeWithRootsTooShort = "additional/sizes-are-equal-one-and-proof-is-empty";

describe("consistency", () => {
  test("[E6] each public consistency probe is believed or refused as published, but for roots of 12 bytes", () => {
    const wrong = consistencyProbes.filter((probe) => {
      const claim = {
        firstSize: probe.size1,
        secondSize: probe.size2,
        firstRoot: fromBase64(probe.root1 ?? ""),
        secondRoot: fromBase64(probe.root2 ?? ""),
        proof: (probe.proof ?? []).map(fromBase64),
      };
      return verifyConsistency(claim, sha256) === probe.wantErr;
    });
    expect(wrong.map(({ file }) => file)).toEqual([probeWithRootsTooShort]);
    expect(consistencyProbes).toHaveLength(98);
  });

  test.each(consistencyProbes.filter(({ wantErr }) => !wantErr))(
    "[E6] the published consistency proof $file is the one made here",
    ({ size1, size2, proof }) => {
      const made = consistencyProof(publicLeafHashes, size1, size2, sha256);
      expect(made.map(hex)).toEqual((proof ?? []).map((hash) => hex(fromBase64(hash))));
    },
  );

  test("[E6] every two trees to size 64 of the same leaves have a proof that verifies", () => {
    const leafHashes = sixtyFourLeafHashes;
    for (let second = 1; second <= leafHashes.length; second += 1) {
      for (let first = 1; first <= second; first += 1) {
        expect(verifyConsistency(consistencyOf(leafHashes, first, second), sha256)).toBe(true);
      }
    }
    fc.assert(
      fc.property(someLeafHashes, someFraction, (leaves, fraction) => {
        const first = 1 + below(leaves.length, fraction);
        expect(verifyConsistency(consistencyOf(leaves, first, leaves.length), sha256)).toBe(true);
      }),
    );
  });

  test("[E7] one flipped bit of a consistency proof or of either root is noticed", () => {
    fc.assert(
      fc.property(someLeafHashes, someFraction, someFraction, (leafHashes, where, fraction) => {
        const claim = consistencyOf(leafHashes, 1 + below(leafHashes.length, where), leafHashes.length);
        const bits = (claim.proof.length + 2) * 256;
        expect(verifyConsistency(withConsistencyBitFlipped(claim, below(bits, fraction)), sha256)).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  test("[E7] every single bit of one consistency proof matters", () => {
    const claim = consistencyOf(publicLeafHashes, 3, 7);
    const bits = (claim.proof.length + 2) * 256;
    const unnoticed = Array.from({ length: bits }, (_, bit) => bit).filter((bit) =>
      verifyConsistency(withConsistencyBitFlipped(claim, bit), sha256),
    );
    expect(unnoticed).toEqual([]);
  });

  test("[E8] a consistency proof that climbs past the root is refused, even to the roots that it makes", () => {
    const [extra, claim] = [at(publicLeafHashes, 7), consistencyOf(publicLeafHashes, 3, 7)];
    const climbing = {
      ...claim,
      firstRoot: nodeHash(extra, claim.firstRoot, sha256),
      secondRoot: nodeHash(extra, claim.secondRoot, sha256),
      proof: [...claim.proof, extra],
    };
    expect(verifyConsistency(climbing, sha256)).toBe(false);
  });

  test("[E7] a tree whose past was rewritten has no proof that fits", () => {
    const rewritten = publicLeafHashes.map((hash, index) => (index === 2 ? flipBit(hash, 0) : hash));
    const claim = { ...consistencyOf(rewritten, 4, 8), firstRoot: naiveRoot(publicLeafHashes.slice(0, 4)) };
    expect(verifyConsistency(claim, sha256)).toBe(false);
  });

  const honest = consistencyOf(publicLeafHashes, 3, 7);
  test.each<{ title: string; change: Partial<ConsistencyClaim> }>([
    { title: "a hash too many", change: { proof: [...honest.proof, honest.secondRoot] } },
    { title: "a hash too few", change: { proof: honest.proof.slice(0, -1) } },
    { title: "no hash", change: { proof: [] } },
    { title: "a short hash", change: { proof: honest.proof.map((hash) => hash.slice(1)) } },
    { title: "a short first root", change: { firstRoot: honest.firstRoot.slice(1) } },
    { title: "a shrinking tree", change: { firstSize: 7, secondSize: 3 } },
    { title: "a negative size", change: { firstSize: -3 } },
    { title: "half a size", change: { firstSize: 2.5 } },
    { title: "a size that is not a number", change: { secondSize: Number.NaN } },
    { title: "a size that is the same in 32 bits", change: { firstSize: 3 + 2 ** 32, secondSize: 7 + 2 ** 32 } },
    { title: "equal sizes with a proof", change: { firstSize: 7, firstRoot: honest.secondRoot } },
  ])("[E8] $title is refused and throws nothing", ({ change }) => {
    expect(verifyConsistency(honest, sha256)).toBe(true);
    expect(verifyConsistency({ ...honest, ...change }, sha256)).toBe(false);
  });

  test("[E9] a consistency proof from the empty tree fails", () => {
    const claim = { ...honest, firstSize: 0, firstRoot: naiveRoot([]), proof: [] };
    expect(verifyConsistency(claim, sha256)).toBe(false);
    expect(verifyConsistency({ ...claim, secondSize: 0, secondRoot: naiveRoot([]) }, sha256)).toBe(false);
  });

  test.each([
    { first: 0, second: 3 },
    { first: 4, second: 3 },
    { first: 3, second: 9 },
  ])("[E10] no proof is made from $first to $second of 8 leaves", ({ first, second }) => {
    expect(() => consistencyProof(publicLeafHashes, first, second, sha256)).toThrow(RangeError);
  });
});

function isOfPublicTree(probe: InclusionProbe): boolean {
  return !probe.wantErr && hex(fromBase64(probe.root ?? "")) === publicRoots[probe.treeSize];
}

/** The bits of a claim are counted through its proof, root and leaf, and then the 32 of its index. */
function withInclusionBitFlipped(claim: InclusionClaim, bit: number): InclusionClaim {
  const hashes = [...claim.proof, claim.root, claim.leafHash];
  const place = Math.floor(bit / 256);
  if (place === hashes.length) {
    const power = 2 ** (bit % 256);
    const isSet = Math.floor(claim.index / power) % 2 === 1;
    return { ...claim, index: isSet ? claim.index - power : claim.index + power };
  }
  const flipped = hashes.map((hash, index) => (index === place ? flipBit(hash, bit % 256) : hash));
  return {
    ...claim,
    proof: flipped.slice(0, -2),
    root: at(flipped, flipped.length - 2),
    leafHash: at(flipped, flipped.length - 1),
  };
}

function withConsistencyBitFlipped(claim: ConsistencyClaim, bit: number): ConsistencyClaim {
  const hashes = [...claim.proof, claim.firstRoot, claim.secondRoot];
  const flipped = hashes.map((hash, index) => (index === Math.floor(bit / 256) ? flipBit(hash, bit % 256) : hash));
  return {
    ...claim,
    proof: flipped.slice(0, -2),
    firstRoot: at(flipped, flipped.length - 2),
    secondRoot: at(flipped, flipped.length - 1),
  };
}
