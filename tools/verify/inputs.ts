import { readFile } from "node:fs/promises";
import * as v from "valibot";
import { decodeBase64, decodeBase64Url } from "#domain/evidence/base64.ts";
import type { PublishedKey } from "#domain/evidence/receipt.ts";
import { recordFileSchema } from "#protocol/http/review.ts";

/** What was given cannot be read at all, so nothing is said about the receipt. The message says which and why. */
export class Unreadable extends Error {}

const keySetSchema = v.object({
  keys: v.array(v.object({ kty: v.string(), crv: v.optional(v.string()), x: v.optional(v.string()), kid: v.string() })),
});
const fetchMs = 10_000;
const leafBytes = 32;
const ed25519Bytes = 32;

export async function readText(path: string, what: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    throw new Unreadable(`The ${what} cannot be read from ${path}: ${reasonOf(error)}`);
  }
}

/** The log in a record file: see `recordFileSchema`. */
export async function readRecord(path: string) {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), recordFileSchema), await readText(path, "record"));
  if (!parsed.success) throw new Unreadable(`${path} is no record: download one from the review page of the attempt.`);
  const { erased, ...record } = parsed.output;
  if (erased === undefined) return { ...record, erased: null };
  const leaves = erased.leaves.map(decodeBase64);
  if (leaves.some((leaf) => leaf?.length !== leafBytes)) throw new Unreadable(`${path} has a hash that is none.`);
  return { ...record, erased: { ...erased, leaves: leaves.filter((leaf) => leaf !== null) } };
}

/** The Ed25519 keys of a JSON Web Key Set, from a file or from its address. Others in it mean nothing here. */
export async function readKeys(place: string): Promise<readonly PublishedKey[]> {
  const text = /^https?:/.test(place) ? await fetchKeys(place) : await readText(place, "keys");
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), keySetSchema), text);
  if (!parsed.success) throw new Unreadable(`${place} has no JSON Web Key Set.`);
  return parsed.output.keys.flatMap(({ kty, crv, x, kid }) => {
    const publicKey = kty === "OKP" && crv === "Ed25519" && x !== undefined ? decodeBase64Url(x) : null;
    return publicKey?.length === ed25519Bytes ? [{ label: kid, publicKey }] : [];
  });
}

async function fetchKeys(address: string): Promise<string> {
  const url = URL.parse(address);
  const isLoopback = url !== null && ["localhost", "127.0.0.1", "[::1]"].includes(url.hostname);
  // Keys that anybody on the way could have replaced prove nothing.
  if (url === null || (url.protocol === "http:" && !isLoopback)) {
    throw new Unreadable(`The keys are fetched over https only: ${address}`);
  }
  try {
    const response = await fetch(url, { redirect: "error", signal: AbortSignal.timeout(fetchMs) });
    if (!response.ok) throw new Error(`the server answered ${response.status}`);
    return await response.text();
  } catch (error) {
    throw new Unreadable(`The keys cannot be fetched from ${address}: ${reasonOf(error)}`);
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
