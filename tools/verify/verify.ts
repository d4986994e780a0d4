import { createHash, createPublicKey, verify } from "node:crypto";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { verifyReceipt } from "#domain/evidence/receipt.ts";
import { readKeys, readRecord, readText, Unreadable } from "./inputs.ts";
import { verdictWords } from "./verdict-words.ts";

const usage = `npm run verify -- receipt RECEIPT --record RECORD --keys KEYS
  RECEIPT  the file that the candidate downloaded, or a checkpoint from the review page
  RECORD   the attempt's record, from the review page
  KEYS     the system's public keys: a file, or https://…/.well-known/jwks.json
It answers in one line and ends with 0 (it fits), 1 (it does not) or 2 (something could not be read).`;

export type Answer = { readonly code: 0 | 1 | 2; readonly line: string };

/** Answers what was asked on the command line. `from`: the folder that relative paths start at. */
export async function answer(argv: readonly string[], from: string): Promise<Answer> {
  try {
    const { receipt, record, keys } = askedOf(argv);
    const isAddress = /^https?:/.test(keys);
    const [text, log, published] = await Promise.all([
      readText(resolve(from, receipt), "receipt"),
      readRecord(resolve(from, record)),
      readKeys(isAddress ? keys : resolve(from, keys)),
    ]);
    const verdict = verifyReceipt(text, log, published, sha256, verifyEd25519);
    return { code: verdict.fits ? 0 : 1, line: verdictWords(verdict) };
  } catch (error) {
    if (error instanceof Unreadable) return { code: 2, line: error.message };
    throw error;
  }
}

type Asked = { readonly receipt: string; readonly record: string; readonly keys: string };

function askedOf(argv: readonly string[]): Asked {
  const { positionals, values } = parsed(argv);
  const [what, receipt] = positionals;
  const { record, keys } = values;
  if (what !== "receipt" || receipt === undefined || positionals.length > 2) throw new Unreadable(usage);
  if (record === undefined || keys === undefined) throw new Unreadable(usage);
  return { receipt, record, keys };
}

function parsed(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: { record: { type: "string" }, keys: { type: "string" } },
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
