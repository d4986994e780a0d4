import { createPrivateKey, type KeyObject } from "node:crypto";
import * as v from "valibot";
import { keyIdOf } from "#domain/evidence/signed-note.ts";
import type { ReadModelRpc } from "#protocol/session/rpc.ts";
import { sha256 } from "./sha256.ts";

/** What the session is given by wrangler.toml and by the secrets. */
export type ExamSessionEnv = {
  readonly CHECKPOINT_SIGNING_KEY: string;
  readonly CHECKPOINT_ORIGIN: string;
  readonly READ_MODEL: ReadModelRpc;
};

/** The key that signs checkpoints. `name` and `keyId` are the note's: they say which key it was. */
export type CheckpointSigner = { readonly name: string; readonly key: KeyObject; readonly keyId: Uint8Array };

const jwkSchema = v.object({
  kty: v.literal("OKP"),
  crv: v.literal("Ed25519"),
  x: v.string(),
  d: v.string(),
});

/** Reads the signing key. Throws, without its value, when it is not an Ed25519 private JWK. */
export function checkpointSigner(
  env: Pick<ExamSessionEnv, "CHECKPOINT_SIGNING_KEY" | "CHECKPOINT_ORIGIN">,
): CheckpointSigner {
  const jwk = v.safeParse(v.pipe(v.string(), v.parseJson(), jwkSchema), env.CHECKPOINT_SIGNING_KEY);
  if (!jwk.success) throw new Error("CHECKPOINT_SIGNING_KEY is not an Ed25519 private key as a JWK");
  return {
    name: env.CHECKPOINT_ORIGIN,
    key: createPrivateKey({ key: jwk.output, format: "jwk" }),
    keyId: keyIdOf(env.CHECKPOINT_ORIGIN, new Uint8Array(Buffer.from(jwk.output.x, "base64url")), sha256),
  };
}
