import { createHash, createPublicKey, verify } from "node:crypto";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { verifyReceipt } from "#domain/evidence/receipt.ts";
import { verifyLog } from "#domain/evidence/verify-log.ts";
import { readKeys, readRecord, readText, Unreadable } from "./inputs.ts";
import { filesAt, readCheckpoint, readExport, readPublished } from "./log-file.ts";
import { logWords } from "./log-words.ts";
import { verdictWords } from "./verdict-words.ts";

const usage = `npm run verify -- receipt RECEIPT --record RECORD --keys KEYS
npm run verify -- log LOG --keys KEYS [--since CHECKPOINT]
  RECEIPT  the file that the candidate downloaded, or a checkpoint from the review page
  RECORD   the attempt's record, from the review page
  LOG      an institution's exported audit (audit.ndjson), a folder with it, or the log's address, https://…/v1/logs/…
  KEYS     the system's public keys: a file, or https://…/.well-known/jwks.json; a folder may have jwks.json
  CHECKPOINT  one that you kept: history before it must be the same; a folder may have checkpoint.txt
It answers in one line and ends with 0 (it fits), 1 (it does not) or 2 (something could not be read).`;

export type Answer = { readonly code: 0 | 1 | 2; readonly line: string };

/** Answers what was asked on the command line. `from`: the folder that relative paths start at. */
export async function answer(argv: readonly string[], from: string): Promise<Answer> {
  try {
    const asked = askedOf(argv);
    return await (asked.what === "log" ? answerLog(asked, from) : answerReceipt(asked, from));
  } catch (error) {
    if (error instanceof Unreadable) return { code: 2, line: error.message };
    throw error;
  }
}

async function answerReceipt({ receipt, record, keys }: AskedReceipt, from: string): Promise<Answer> {
  const [text, log, published] = await Promise.all([
    readText(resolve(from, receipt), "receipt"),
    readRecord(resolve(from, record)),
    readKeys(placeOf(keys, from)),
  ]);
  const { origin, events, erased } = log;
  const handedOut = erased === null ? { origin, events } : { origin, events, erasedLeaves: erased.leaves };
  const verdict = verifyReceipt(text, handedOut, published, sha256, verifyEd25519);
  return { code: verdict.fits ? 0 : 1, line: verdictWords(verdict, erased) };
}

async function answerLog({ log, keys, since }: AskedLog, from: string): Promise<Answer> {
  const place = placeOf(log, from);
  const isPublic = isAddress(place);
  const files = isPublic ? null : await filesAt(place);
  const keyPlace = keys === undefined ? (files?.keys ?? null) : placeOf(keys, from);
  if (keyPlace === null) throw new Unreadable(usage);
  const sincePlace = since === undefined ? (files?.since ?? null) : resolve(from, since);
  const [read, earlier, published] = await Promise.all([
    files === null ? readPublished(place) : readExport(files.log),
    sincePlace === null ? null : readCheckpoint(sincePlace),
    readKeys(keyPlace),
  ]);
  if ("line" in read) return { code: 1, line: logWords(read, true) };
  const verdict = verifyLog({ ...read, since: earlier }, published, { sha256, verifyEd25519 });
  return { code: verdict.fits ? 0 : 1, line: logWords(verdict, !isPublic) };
}

function placeOf(place: string, from: string): string {
  return isAddress(place) ? place : resolve(from, place);
}

function isAddress(place: string): boolean {
  return /^https?:/.test(place);
}

type AskedReceipt = {
  readonly what: "receipt";
  readonly receipt: string;
  readonly record: string;
  readonly keys: string;
};
type AskedLog = {
  readonly what: "log";
  readonly log: string;
  readonly keys: string | undefined;
  readonly since: string | undefined;
};

function askedOf(argv: readonly string[]): AskedReceipt | AskedLog {
  const { positionals, values } = parsed(argv);
  const [what, place] = positionals;
  const { record, keys, since } = values;
  if (place === undefined || positionals.length > 2) throw new Unreadable(usage);
  if (what === "log" && record === undefined) return { what, log: place, keys, since };
  if (what !== "receipt" || since !== undefined) throw new Unreadable(usage);
  if (record === undefined || keys === undefined) throw new Unreadable(usage);
  return { what, receipt: place, record, keys };
}

function parsed(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: { record: { type: "string" }, keys: { type: "string" }, since: { type: "string" } },
    });
  } catch (error) {
    throw new Unreadable(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
  }
}

function sha256(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(createHash("sha256").update(bytes).digest());
}

function verifyEd25519(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  try {
    const x = Buffer.from(publicKey).toString("base64url");
    return verify(null, message, createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" }), signature);
  } catch {
    // Not the length of a signature, or 32 bytes that are no point of the curve.
    return false;
  }
}
