import type { ProofClaims, ProofKey } from "#protocol/http/proof.ts";

/** A browser's key pair of ES256. No script can read the private part out, this page's own included. */
export type BrowserKey = { readonly privateKey: CryptoKey; readonly jwk: ProofKey };

const algorithm = { name: "ECDSA", namedCurve: "P-256" } as const;

export async function makeKey(): Promise<BrowserKey> {
  const { privateKey, publicKey } = await crypto.subtle.generateKey(algorithm, false, ["sign"]);
  const { x = "", y = "" } = await crypto.subtle.exportKey("jwk", publicKey);
  return { privateKey, jwk: { kty: "EC", crv: "P-256", x, y } };
}

/** What is asked. `nonce`: what the server said last; null at check-in, when it has not spoken yet. */
export type Proven = { readonly method: string; readonly url: URL; readonly nonce: string | null };

/** A DPoP proof (RFC 9449, section 4.2). `iat` is by the device's clock, and nobody asks it. */
export async function makeProof({ privateKey, jwk }: BrowserKey, { method, url, nonce }: Proven): Promise<string> {
  const claims: ProofClaims & { readonly iat: number } = {
    jti: crypto.randomUUID(),
    htm: method,
    htu: `${url.origin}${url.pathname}`,
    iat: Math.floor(Date.now() / 1000),
    ...(nonce === null ? {} : { nonce }),
  };
  const signed = `${encode({ typ: "dpop+jwt", alg: "ES256", jwk })}.${encode(claims)}`;
  const bytes = new TextEncoder().encode(signed);
  const signature = await crypto.subtle.sign({ ...algorithm, hash: "SHA-256" }, privateKey, bytes);
  return `${signed}.${base64Url(new Uint8Array(signature))}`;
}

/** What is encoded here is ASCII. */
function encode(part: unknown): string {
  return base64Url(new TextEncoder().encode(JSON.stringify(part)));
}

function base64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}
