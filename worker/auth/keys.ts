import { type CryptoKey, calculateJwkThumbprint, importJWK, type JWK } from "jose";
import type { Ed25519PrivateJwk } from "../env.ts";

/** A key pair for jose. `kid` is the RFC 7638 thumbprint, so that it names the key and nothing else. */
export type SigningKey = {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
  readonly publicJwk: JWK;
};

const imported = new WeakMap<Ed25519PrivateJwk, Promise<SigningKey>>();

/** Imports the key once for each isolate. */
export function signingKeyOf(jwk: Ed25519PrivateJwk): Promise<SigningKey> {
  const known = imported.get(jwk);
  if (known !== undefined) return known;
  const key = importKey(jwk);
  imported.set(jwk, key);
  return key;
}

async function importKey({ kty, crv, x, d }: Ed25519PrivateJwk): Promise<SigningKey> {
  const kid = await calculateJwkThumbprint({ kty, crv, x });
  const publicJwk = { kty, crv, x, kid, alg: "EdDSA", use: "sig" };
  const [privateKey, publicKey] = await Promise.all([
    importJWK({ kty, crv, x, d }, "EdDSA"),
    importJWK({ kty, crv, x }, "EdDSA"),
  ]);
  if (privateKey instanceof Uint8Array || publicKey instanceof Uint8Array) throw new Error("An OKP key became bytes");
  return { kid, privateKey, publicKey, publicJwk };
}
