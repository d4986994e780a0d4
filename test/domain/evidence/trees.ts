import fc from "fast-check";
import { leafHash, nodeHash } from "#domain/evidence/merkle.ts";
import { fromHex, sha256 } from "./hash.ts";

/** The leaves, and the roots of the trees of the first 0, 1, .. 8 of them, of transparency-dev/merkle `testonly/constants.go`. */
const publicLeaves = [
  "",
  "00",
  "10",
  "2021",
  "3031",
  "40414243",
  "5051525354555657",
  "606162636465666768696a6b6c6d6e6f",
];

export const publicRoots = [
  "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
  "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
  "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
  "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
  "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
  "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
  "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
  "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];

export const publicLeafHashes = publicLeaves.map((leaf) => leafHash(fromHex(leaf), sha256));

/** MTH of RFC 6962, section 2.1, word for word: the slow truth that the frontier is held against. */
export function naiveRoot(leafHashes: readonly Uint8Array[]): Uint8Array {
  const [only, ...others] = leafHashes;
  if (only === undefined) return sha256(new Uint8Array());
  if (others.length === 0) return only;
  const split = 2 ** Math.floor(Math.log2(leafHashes.length - 1));
  return nodeHash(naiveRoot(leafHashes.slice(0, split)), naiveRoot(leafHashes.slice(split)), sha256);
}

/** Leaf hashes of a tree of up to 64 leaves, no two alike: among equal leaves a wrong index can be right. */
export const someLeafHashes = fc
  .uniqueArray(fc.uint8Array({ maxLength: 12 }), {
    minLength: 1,
    maxLength: 64,
    selector: (bytes) => Buffer.from(bytes).toString("hex"),
    size: "max",
  })
  .map((leaves) => leaves.map((bytes) => leafHash(bytes, sha256)));

/** The bytes with bit `bit` (from 0, first byte first) the other way round. */
export function flipBit(bytes: Uint8Array, bit: number): Uint8Array {
  return bytes.map((byte, index) => (index === Math.floor(bit / 8) ? byte ^ (1 << (bit % 8)) : byte));
}

export const sixtyFourLeafHashes = Array.from({ length: 64 }, (_, index) => leafHash(Uint8Array.of(index), sha256));
