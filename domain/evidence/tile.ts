import { concatenate } from "./bytes.ts";
import { sha256Length } from "./sha256.ts";

// https://c2sp.org/tlog-tiles: a tree as files of 256 hashes, of which each but the last of its level never changes again.

export const tileHeight = 8;
/** Hashes in a full tile. */
export const tileWidth = 256;

/** One tile: `level` from 0 (the leaves), `index` from 0 within its level, `width` from 1 to 256 hashes. */
export type Tile = { readonly level: number; readonly index: number; readonly width: number };

/** All tiles of a tree of `size` leaves: of each level the full ones, and a partial one where hashes are left over. [L9] */
export function tilesOf(size: number): readonly Tile[] {
  const tiles: Tile[] = [];
  for (let level = 0, nodes = size; nodes > 0; level += 1, nodes = Math.floor(nodes / tileWidth)) {
    for (let index = 0; index * tileWidth < nodes; index += 1) {
      tiles.push({ level, index, width: Math.min(tileWidth, nodes - index * tileWidth) });
    }
  }
  return tiles;
}

/** `x001/x234/067`: three digits a part, all but the last with an `x` before. */
function indexPath(index: number): string {
  const last = String(index % 1000).padStart(3, "0");
  const parts = [last];
  for (let rest = Math.floor(index / 1000); rest > 0; rest = Math.floor(rest / 1000)) {
    parts.unshift(`x${String(rest % 1000).padStart(3, "0")}`);
  }
  return parts.join("/");
}

/** Where the tile is, after `tile/`: `0/x001/067`, and `.p/<width>` behind it where it is partial. */
export function tilePath({ level, index, width }: Tile): string {
  return `${level}/${indexPath(index)}${width === tileWidth ? "" : `.p/${width}`}`;
}

/** Where the bundle of the leaves beneath a tile of level 0 is, after `tile/`. */
export function bundlePath({ index, width }: Pick<Tile, "index" | "width">): string {
  return `entries/${indexPath(index)}${width === tileWidth ? "" : `.p/${width}`}`;
}

const place = /^(\d{1,2}|entries)\/((?:x\d{3}\/)*\d{3})(?:\.p\/([1-9]\d{0,2}))?$/;

/** The tile or bundle (level `entries`) at such a path; null where no tree has one. The one way to write each. */
export function parseTilePath(path: string): (Omit<Tile, "level"> & { readonly level: number | "entries" }) | null {
  const match = place.exec(path);
  const [, level, parts, partial] = match ?? [];
  if (level === undefined || parts === undefined) return null;
  const index = Number(parts.replaceAll(/[x/]/g, ""));
  const width = partial === undefined ? tileWidth : Number(partial);
  if (!Number.isSafeInteger(index) || indexPath(index) !== parts || width > tileWidth) return null;
  if (partial !== undefined && width === tileWidth) return null;
  if (level === "entries") return { level, index, width };
  const number = Number(level);
  return String(number) === level && number < tileWidth / 4 ? { level: number, index, width } : null;
}

/** The hashes of a tile's bytes; null where they are no whole number of hashes. */
export function hashesOf(bytes: Uint8Array): readonly Uint8Array[] | null {
  if (bytes.length % sha256Length !== 0) return null;
  return Array.from({ length: bytes.length / sha256Length }, (_, index) =>
    bytes.slice(index * sha256Length, (index + 1) * sha256Length),
  );
}

/** What leads each leaf of ours in a bundle: its length, 32, in two bytes. */
const leafPrefix = Uint8Array.of(0, sha256Length);
export const bundledLeafLength = leafPrefix.length + sha256Length;

/** A bundle's bytes: each leaf with its length before it. Our leaves are hashes, and so all of one length. */
export function bundleOf(leaves: readonly Uint8Array[]): Uint8Array {
  return concatenate(leaves.flatMap((leaf) => [leafPrefix, leaf]));
}
