import { createPrivateKey, type KeyObject } from "node:crypto";
import * as v from "valibot";
import type { ReadModelRpc } from "#protocol/session/rpc.ts";

/** What the session is given by wrangler.toml and by the secrets. */
export type ExamSessionEnv = {
  readonly CHECKPOINT_SIGNING_KEY: string;
  readonly CHECKPOINT_ORIGIN: string;
  readonly READ_MODEL: ReadModelRpc;
};

/** The key that signs checkpoints. `publicKey`: the raw 32 bytes of Ed25519 (RFC 8032). `name`: the note's key name. */
export type CheckpointSigner = { readonly name: string; readonly key: KeyObject; readonly publicKey: Uint8Array };

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
    publicKey: new Uint8Array(Buffer.from(jwk.output.x, "base64url")),
  };
}
