import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { append, emptyFrontier, leafHash, rootOf } from "#domain/evidence/merkle.ts";
import { inclusionProof } from "#domain/evidence/proof.ts";
import { saltedLeaf } from "#domain/evidence/salted-leaf.ts";
import { bundleOf, bundlePath, hashesOf, parseTilePath, type Tile, tilePath, tilesOf } from "#domain/evidence/tile.ts";
import {
  appendLeaves,
  emptyEdge,
  inclusionFromTiles,
  nodeReader,
  rootFromTiles,
  rootOfEdge,
} from "#domain/evidence/tiled-tree.ts";
import { encodeUtf8 } from "#domain/evidence/utf8.ts";
import { sha256 } from "./hash.ts";

const leaves = Array.from({ length: 700 }, (_, index) => sha256(encodeUtf8(`leaf ${index}`)));
const leafHashes = leaves.map((leaf) => leafHash(leaf, sha256));

function frontierRoot(size: number): Uint8Array {
  return rootOf(
    leafHashes.slice(0, size).reduce((tree, hash) => append(tree, hash, sha256), emptyFrontier),
    sha256,
  );
}

/** The tree built in these portions: its edge, and every tile that was written, the latest of each. */
function grown(portions: readonly number[]) {
  const files = new Map<string, readonly Uint8Array[]>();
  let edge = emptyEdge;
  for (const portion of portions) {
    const next = appendLeaves(edge, leaves.slice(edge.size, edge.size + portion), sha256);
    for (const { level, index, hashes } of next.tiles) files.set(`${level} ${index}`, hashes);
    ({ edge } = next);
  }
  return { edge, read: (level: number, index: number) => files.get(`${level} ${index}`) ?? [] };
}

describe("tiles", () => {
  it("[L9] lie where C2SP tlog-tiles says: the example of 70,000 leaves, and of index 1,234,067", () => {
    const tiles = tilesOf(70_000).map(tilePath);
    expect(tiles).toHaveLength(274 + 2 + 1);
    expect(tiles).toContain("0/x000/000".replace("x000/", ""));
    expect(tiles.filter((path) => path.includes(".p/"))).toEqual(["0/273.p/112", "1/001.p/17", "2/000.p/1"]);
    expect(tilePath({ level: 0, index: 1_234_067, width: 256 })).toBe("0/x001/x234/067");
    expect(bundlePath({ index: 1_234_067, width: 5 })).toBe("entries/x001/x234/067.p/5");
    expect(tilesOf(0)).toEqual([]);
    expect(tilesOf(256).map(tilePath)).toEqual(["0/000", "1/000.p/1"]);
  });

  it("[L9] are found by their paths, each by one alone", () => {
    const tile = fc.record({
      level: fc.integer({ min: 0, max: 7 }),
      index: fc.nat({ max: 2_000_000_000 }),
      width: fc.integer({ min: 1, max: 256 }),
    });
    fc.assert(
      fc.property(tile, (one: Tile) => {
        expect(parseTilePath(tilePath(one))).toEqual(one);
        expect(parseTilePath(bundlePath(one))).toEqual({ ...one, level: "entries" });
      }),
    );
    for (const path of [
      "0/0",
      "0/000/",
      "00/000",
      "0/x000/000",
      "0/000.p/256",
      "0/000.p/0",
      "0/000.p/01",
      "64/000",
      "x",
    ]) {
      expect(parseTilePath(path), path).toBeNull();
    }
    expect(parseTilePath("entries/../000")).toBeNull();
  });

  it("[L9] are whole hashes, and a bundle has the length of each leaf before it", () => {
    expect(hashesOf(new Uint8Array(33))).toBeNull();
    expect([...bundleOf([leaves[0]!, leaves[1]!])]).toEqual([0, 32, ...leaves[0]!, 0, 32, ...leaves[1]!]);
  });
});

describe("a tree in tiles", () => {
  it("[L9] has the root and the tiles of the tree, in whichever portions it grew", () => {
    const portions = fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(portions, (some) => {
        const { edge, read } = grown(some);
        expect(rootOfEdge(edge, sha256)).toEqual(frontierRoot(edge.size));
        const written = tilesOf(edge.size).flatMap(({ level, index, width }) => [[width, read(level, index).length]]);
        for (const [width, hashes] of written) expect(hashes).toBe(width);
        const atLevel0 = tilesOf(edge.size).filter(({ level }) => level === 0);
        expect(atLevel0.flatMap(({ index }) => read(0, index))).toEqual(leafHashes.slice(0, edge.size));
      }),
      { numRuns: 30 },
    );
    for (const size of [1, 2, 255, 256, 257, 511, 512, 513, 700]) {
      expect(rootOfEdge(grown([size]).edge, sha256), `${size}`).toEqual(frontierRoot(size));
    }
    expect(() => rootOfEdge(emptyEdge, sha256)).toThrow(RangeError);
  });

  it("[L9] proves what it has, at every size up to its own", () => {
    const { read } = grown([700]);
    const node = nodeReader(read, sha256);
    for (const size of [1, 2, 3, 200, 256, 257, 300, 512, 699, 700]) {
      expect(rootFromTiles(node, size, sha256), `${size}`).toEqual(frontierRoot(size));
      for (const index of [0, 1, 199, 255, 256, 511, 512, 698].filter((one) => one < size)) {
        expect(inclusionFromTiles(node, index, size, sha256)).toEqual(inclusionProof(leafHashes, index, size, sha256));
      }
    }
    expect(() => inclusionFromTiles(node, 5, 5, sha256)).toThrow(RangeError);
    expect(() => node(0, 700)).toThrow(RangeError);
  });
});

describe("a leaf", () => {
  it("[L8] is the hash of the salt and the text: with another of either it is another", () => {
    const salt = "s".repeat(43);
    expect(saltedLeaf(salt, "{}", sha256)).toEqual(sha256(encodeUtf8(`${salt}{}`)));
    expect(saltedLeaf(`${"s".repeat(42)}t`, "{}", sha256)).not.toEqual(saltedLeaf(salt, "{}", sha256));
  });
});
