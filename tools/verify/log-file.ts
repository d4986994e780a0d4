import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import * as v from "valibot";
import { decodeBase64 } from "#domain/evidence/base64.ts";
import { parseCheckpoint } from "#domain/evidence/checkpoint.ts";
import { parseNote } from "#domain/evidence/signed-note.ts";
import { tilePath, tilesOf } from "#domain/evidence/tile.ts";
import type { HandedOutEntry, HandedOutTile, HandedOutTree } from "#domain/evidence/verify-log.ts";
import {
  exportEndSchema,
  exportEntrySchema,
  exportErasedSchema,
  exportHeadSchema,
  exportTileSchema,
} from "#protocol/http/audit.ts";
import { readText, Unreadable } from "./inputs.ts";

/** The export is not written as we write it: which line, and what is wrong with it. That is a fault of the log. */
export type Malformed = { readonly line: number; readonly why: string };

type Read = Omit<HandedOutTree, "since">;

/** Where an export lies when a folder is given, and the checkpoint that was kept beside it. */
const names = { log: "audit.ndjson", since: "checkpoint.txt", keys: "jwks.json" };

/** The files of a place: a folder's own, or the file alone. */
export async function filesAt(place: string) {
  const isFolder = (await stat(place).catch(() => null))?.isDirectory() ?? false;
  if (!isFolder) return { log: place, since: null, keys: null };
  const exists = async (path: string) => ((await stat(path).catch(() => null)) === null ? null : path);
  return {
    log: join(place, names.log),
    since: await exists(join(place, names.since)),
    keys: await exists(join(place, names.keys)),
  };
}

/** An export, line by line, or what is wrong with it. Each text has one way to be written: a byte more is a fault. */
export async function readExport(path: string): Promise<Read | Malformed> {
  const bytes = await readFile(path).catch(() => null);
  if (bytes === null) throw new Unreadable(`The log cannot be read from ${path}.`);
  return parseExport(new Uint8Array(bytes));
}

function parseExport(bytes: Uint8Array): Read | Malformed {
  const text = decoded(bytes);
  if (text === null) return { line: 0, why: "it is not UTF-8" };
  const lines = text.split("\n");
  if (lines.pop() !== "") return { line: lines.length + 1, why: "it does not end" };
  const [first = "", ...rest] = lines;
  const last = rest.pop() ?? "";
  const head = parsedBy(exportHeadSchema, first);
  if (head === null) return { line: 1, why: "it does not say what log it is" };
  const end = parsedBy(exportEndSchema, last);
  if (end === null) return { line: lines.length, why: "it does not say how much there is" };
  const entries: HandedOutEntry[] = [];
  const tiles: HandedOutTile[] = [];
  for (const [index, line] of rest.entries()) {
    const entry = tiles.length === 0 ? entryOf(line) : null;
    const tile = entry === null ? tileOf(line) : null;
    if (entry !== null) entries.push(entry);
    else if (tile !== null) tiles.push(tile);
    else return { line: index + 2, why: "it is neither an entry nor a tile" };
  }
  if (end.entries !== entries.length || end.tiles !== tiles.length) {
    const [said, found] = [`${end.entries} entries and ${end.tiles} tiles`, `${entries.length} and ${tiles.length}`];
    return { line: lines.length, why: `it says that there are ${said}, and there are ${found}` };
  }
  return { origin: head.origin, checkpoint: head.checkpoint, entries, tiles };
}

function entryOf(line: string): HandedOutEntry | null {
  const entry = parsedBy(exportEntrySchema, line);
  if (entry !== null) return entry;
  const erased = parsedBy(exportErasedSchema, line);
  const leaf = erased === null ? null : decodeBase64(erased.leaf);
  return erased === null || leaf?.length !== leafBytes ? null : { number: erased.number, leaf };
}

const leafBytes = 32;

function tileOf(line: string): HandedOutTile | null {
  const parsed = parsedBy(exportTileSchema, line);
  const bytes = parsed === null ? null : decodeBase64(parsed.bytes);
  return parsed === null || bytes === null ? null : { path: parsed.tile, bytes };
}

/** Only what JSON.stringify would write again counts, so that no two texts stand for the same. */
function parsedBy<Schema extends v.GenericSchema>(schema: Schema, line: string): v.InferOutput<Schema> | null {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), schema), line);
  return parsed.success && JSON.stringify(parsed.output) === line ? parsed.output : null;
}

function decoded(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    // Not UTF-8, which an export is.
    return null;
  }
}

const fetchMs = 10_000;

/** What a log has published, from its address: `https://…/v1/logs/<name>`. There are no entries in it, only their hashes. */
export async function readPublished(address: string): Promise<Read> {
  const base = address.replace(/\/+$/, "");
  const checkpoint = new TextDecoder().decode(await fetched(`${base}/checkpoint`));
  const size = parseCheckpoint(parseNote(checkpoint)?.body ?? "")?.size ?? 0;
  const tiles: HandedOutTile[] = [];
  for (const path of tilesOf(size).map(tilePath)) tiles.push({ path, bytes: await fetched(`${base}/tile/${path}`) });
  return { origin: null, checkpoint, entries: null, tiles };
}

async function fetched(url: string): Promise<Uint8Array> {
  try {
    const response = await fetch(url, { redirect: "error", signal: AbortSignal.timeout(fetchMs) });
    if (!response.ok) throw new Error(`the server answered ${response.status}`);
    return new Uint8Array(await response.arrayBuffer());
  } catch (error) {
    throw new Unreadable(`${url} cannot be fetched: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** An earlier checkpoint that somebody kept. */
export function readCheckpoint(path: string): Promise<string> {
  return readText(path, "earlier checkpoint");
}
