import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { append, emptyFrontier, leafHash, nodeHash, rootOf } from "#domain/evidence/merkle.ts";
import type { Frontier } from "#domain/evidence/merkle.ts";
import { fromHex, hex, sha256 } from "./hash.ts";
import { naiveRoot, publicLeafHashes, publicRoots, someLeafHashes } from "./trees.ts";

function frontierOf(leafHashes: readonly Uint8Array[]): Frontier {
  return leafHashes.reduce((frontier, leaf) => append(frontier, leaf, sha256), emptyFrontier);
}

describe("the Merkle tree", () => {
  test("[E1] a leaf's hash and a node's hash have the prefixes of RFC 6962", () => {
    // The two hashes of transparency-dev/merkle rfc6962/rfc6962_test.go.
    expect(hex(leafHash(Buffer.from("L123456"), sha256))).toBe(
      "395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56",
    );
    expect(hex(nodeHash(Buffer.from("N123"), Buffer.from("N456"), sha256))).toBe(
      "aa217fe888e47007fa15edab33c2b492a722cb106c64667fc2b044444de66bbb",
    );
  });

  test("[E2] the root of the empty tree is the SHA-256 of nothing", () => {
    expect(hex(rootOf(emptyFrontier, sha256))).toBe(publicRoots[0]);
  });

  test.each(publicRoots.map((root, size) => ({ root, size })))(
    "[E3] the frontier of the first $size public leaves has the public root",
    ({ root, size }) => {
      const frontier = frontierOf(publicLeafHashes.slice(0, size));
      expect(frontier.size).toBe(size);
      expect(hex(rootOf(frontier, sha256))).toBe(root);
    },
  );

  test("[E3] a frontier keeps the roots of the perfect subtrees from the largest to the smallest", () => {
    const [first, second, third] = [publicRoots[4], publicLeafHashes.slice(4, 6), publicLeafHashes.slice(6, 7)];
    expect(frontierOf(publicLeafHashes.slice(0, 7)).hashes.map(hex)).toEqual([
      first,
      hex(naiveRoot(second)),
      hex(naiveRoot(third)),
    ]);
  });

  test("[E3] a frontier's root is that of the whole tree hashed anew", () => {
    fc.assert(
      fc.property(someLeafHashes, (leafHashes) => {
        expect(hex(rootOf(frontierOf(leafHashes), sha256))).toBe(hex(naiveRoot(leafHashes)));
      }),
    );
  });

  test("[E4] appending leaves the frontier that it started from as it was", () => {
    const before = frontierOf(publicLeafHashes.slice(0, 3));
    const kept = before.hashes.map(hex);
    append(before, fromHex("00".repeat(32)), sha256);
    expect(before.size).toBe(3);
    expect(before.hashes.map(hex)).toEqual(kept);
  });

  test("[E3] a frontier whose hashes do not suit its size is a broken promise", () => {
    expect(() => append({ size: 3, hashes: [] }, fromHex("00".repeat(32)), sha256)).toThrow("too few hashes");
  });
});
