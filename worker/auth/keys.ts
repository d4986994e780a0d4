import { type CryptoKey, calculateJwkThumbprint, importJWK, type JWK } from "jose";
import type { Ed25519PrivateJwk, Ed25519PublicJwk, Settings } from "../env.ts";

/** A public key for jose. `kid` is the RFC 7638 thumbprint, so that it names the key and nothing else. */
export type VerifyingKey = { readonly kid: string; readonly publicKey: CryptoKey; readonly publicJwk: JWK };

/** A key pair for jose. */
type SigningKey = VerifyingKey & { readonly privateKey: CryptoKey };

const signing = new WeakMap<Ed25519PrivateJwk, Promise<SigningKey>>();
const verifying = new WeakMap<Settings, Promise<readonly VerifyingKey[]>>();

/** Imports the key once for each isolate. */
export function signingKeyOf(jwk: Ed25519PrivateJwk): Promise<SigningKey> {
  const known = signing.get(jwk);
  if (known !== undefined) return known;
  const key = importPair(jwk);
  signing.set(jwk, key);
  return key;
}

/** The keys that tokens are believed by: the one that signs now first, then the retired ones. */
export function verifyingKeysOf(settings: Settings): Promise<readonly VerifyingKey[]> {
  const known = verifying.get(settings);
  if (known !== undefined) return known;
  const keys = Promise.all([signingKeyOf(settings.tokenSigningKey), ...settings.retiredTokenKeys.map(importPublic)]);
  verifying.set(settings, keys);
  return keys;
}

async function importPair(jwk: Ed25519PrivateJwk): Promise<SigningKey> {
  const { kty, crv, x, d } = jwk;
  const [verifies, privateKey] = await Promise.all([importPublic(jwk), importJWK({ kty, crv, x, d }, "EdDSA")]);
  return { ...verifies, privateKey: asKey(privateKey) };
}

async function importPublic({ kty, crv, x }: Ed25519PublicJwk): Promise<VerifyingKey> {
  const kid = await calculateJwkThumbprint({ kty, crv, x });
  const publicKey = asKey(await importJWK({ kty, crv, x }, "EdDSA"));
  return { kid, publicKey, publicJwk: { kty, crv, x, kid, alg: "EdDSA", use: "sig" } };
}

function asKey(key: CryptoKey | Uint8Array): CryptoKey {
  if (key instanceof Uint8Array) throw new Error("An OKP key became bytes");
  return key;
}
