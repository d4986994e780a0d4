import { decodeBase64Url } from "#domain/evidence/base64.ts";
import { keyLabelOf } from "#domain/evidence/signed-note.ts";
import type { Settings } from "../env.ts";
import { sha256 } from "../sha256.ts";

/**
 * The public key of checkpoints, as `/.well-known/jwks.json` has it. Its `kid` is the label that a note's signature has
 * for it, so that whoever holds a receipt finds the key, and no key of tokens passes for it. [E23]
 */
export function checkpointJwk({ checkpointSigningKey: { kty, crv, x }, checkpointOrigin }: Settings) {
  const publicKey = decodeBase64Url(x);
  if (publicKey === null) throw new Error("CHECKPOINT_SIGNING_KEY has an x that is no base64url");
  const kid = keyLabelOf(checkpointOrigin, publicKey, sha256);
  return { kty, crv, x, kid, alg: "EdDSA", use: "sig" };
}
