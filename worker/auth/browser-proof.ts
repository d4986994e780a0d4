import { calculateJwkThumbprint, decodeProtectedHeader, jwtVerify } from "jose";
import * as v from "valibot";
import { type ProofClaims, type ProofKey, proofClaimsSchema, proofKeySchema } from "#protocol/http/proof.ts";

/** A proof that the key signed which is in it. Whether it is fresh, and whose key that is, its reader asks. */
export type BrowserProof = {
  /** The key's RFC 7638 thumbprint (SHA-256, base64url). */
  readonly thumbprint: string;
  readonly id: string;
  readonly nonce: string | null;
};

/** One has about 500 characters. */
const longest = 2_000;

/** Proof of a browser's key for this very request (RFC 9449, section 4.3), or null where the text is none. */
export async function openProof(text: string, { method, url }: Pick<Request, "method" | "url">) {
  const key = text.length > longest ? null : keyIn(text);
  if (key === null) return null;
  const claims = await claimsOf(text, key);
  const { origin, pathname } = new URL(url);
  if (claims === null || claims.htm !== method || claims.htu !== `${origin}${pathname}`) return null;
  const { jti, nonce = null } = claims;
  return { thumbprint: await calculateJwkThumbprint(key), id: jti, nonce } satisfies BrowserProof;
}

function keyIn(text: string): ProofKey | null {
  try {
    const { jwk } = decodeProtectedHeader(text);
    return v.is(proofKeySchema, jwk) ? jwk : null;
  } catch {
    return null; // no JWT at all
  }
}

async function claimsOf(text: string, jwk: ProofKey): Promise<ProofClaims | null> {
  try {
    const ec = { name: "ECDSA", namedCurve: "P-256" };
    const key = await crypto.subtle.importKey("jwk", jwk, ec, false, ["verify"]);
    // Of times only what the server says counts, by the nonce: a candidate's clock may be a day wrong.
    const { payload } = await jwtVerify(text, key, { algorithms: ["ES256"], typ: "dpop+jwt" });
    const claims = v.safeParse(proofClaimsSchema, payload);
    return claims.success ? claims.output : null;
  } catch {
    // A point that is not on the curve, another algorithm or type, a signature that does not fit, claims that are no JSON.
    return null;
  }
}
