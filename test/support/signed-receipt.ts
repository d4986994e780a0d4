import { createPublicKey, generateKeyPairSync, sign, verify } from "node:crypto";
import { checkpointBody } from "#domain/evidence/checkpoint.ts";
import { append, emptyFrontier, leafHash, rootOf } from "#domain/evidence/merkle.ts";
import type { PublishedKey } from "#domain/evidence/receipt.ts";
import { keyIdOf, keyLabelOf, signedNote } from "#domain/evidence/signed-note.ts";
import { encodeUtf8 } from "#domain/evidence/utf8.ts";
import { sha256 } from "#test/domain/evidence/hash.ts";

/** A system that signs receipts under this name, with a key of its own. */
export function signingSystem(name: string) {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const { x = "" } = publicKey.export({ format: "jwk" });
  const raw = new Uint8Array(Buffer.from(x, "base64url"));
  const key: PublishedKey = { label: keyLabelOf(name, raw, sha256), publicKey: raw };
  const jwk = { kty: "OKP", crv: "Ed25519", x, kid: key.label, alg: "EdDSA", use: "sig" };

  function note(body: string): string {
    return signedNote(body, name, keyIdOf(name, raw, sha256), new Uint8Array(sign(null, encodeUtf8(body), privateKey)));
  }

  return {
    key,
    jwk,
    note,
    /** The receipt over these events, in this order. */
    receipt(origin: string, events: readonly string[]): string {
      const root = rootOf(
        events.reduce((tree, text) => append(tree, leafHash(encodeUtf8(text), sha256), sha256), emptyFrontier),
        sha256,
      );
      return note(checkpointBody({ origin, size: events.length, root, extensions: [] }));
    },
  };
}

export function verifyEd25519(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  const x = Buffer.from(publicKey).toString("base64url");
  return verify(null, message, createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" }), signature);
}
