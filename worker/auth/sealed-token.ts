import { decodeProtectedHeader, errors, jwtVerify, SignJWT } from "jose";
import * as v from "valibot";
import type { EpochMs } from "#domain/integrity/signal.ts";
import type { Settings } from "../env.ts";
import { signingKeyOf, type VerifyingKey, verifyingKeysOf } from "./keys.ts";

/** What a token is for. Each is its own audience and its own `typ`, so that one never opens what another does. */
export type TokenPurpose =
  | "staff"
  | "known-browser"
  | "second-factor"
  | "passkey"
  | "single-sign-on"
  | "attempt"
  | "viewer"
  | "upload"
  | "playback"
  | "picture";

/** A kind of token: its purpose, and what it says. `claims` is parsed again on the way in. */
export type TokenKind<Claims> = {
  readonly purpose: TokenPurpose;
  readonly claims: v.GenericSchema<unknown, Claims>;
};

/** Signs claims as a JWT (RFC 7519, EdDSA by RFC 8037) that is good until `expiresAt`. It is signed, not encrypted. */
export async function sealToken<Claims extends Readonly<Record<string, unknown>>>(
  settings: Settings,
  kind: TokenKind<Claims>,
  claims: Claims,
  expiresAt: EpochMs,
): Promise<string> {
  const { kid, privateKey } = await signingKeyOf(settings.tokenSigningKey);
  return new SignJWT({ ...claims })
    .setProtectedHeader({ alg: "EdDSA", typ: typeOf(kind.purpose), kid })
    .setIssuer(settings.checkpointOrigin)
    .setAudience(audienceOf(kind.purpose))
    .setIssuedAt()
    .setExpirationTime(Math.floor(expiresAt / 1000))
    .sign(privateKey);
}

/** The claims of a token of this kind, or null: expired, of another purpose, signed by another key, or no token at all. */
export async function openToken<Claims>(
  settings: Settings,
  kind: TokenKind<Claims>,
  token: string,
): Promise<Claims | null> {
  const keys = await verifyingKeysOf(settings);
  try {
    const { payload } = await jwtVerify(token, keyNamedIn(token, keys).publicKey, {
      algorithms: ["EdDSA"],
      typ: typeOf(kind.purpose),
      audience: audienceOf(kind.purpose),
      issuer: settings.checkpointOrigin,
      requiredClaims: ["exp"],
    });
    const claims = v.safeParse(kind.claims, payload);
    return claims.success ? claims.output : null;
  } catch (error) {
    // Every way in which a token can be no good lands here as one of jose's own errors; the rest is ours to know of.
    if (error instanceof errors.JOSEError) return null;
    throw error;
  }
}

/** Throws one of jose's own errors where the token names no key of ours. */
function keyNamedIn(token: string, keys: readonly VerifyingKey[]): VerifyingKey {
  const { kid } = protectedHeaderOf(token);
  const key = keys.find((one) => one.kid === kid);
  if (key === undefined) throw new errors.JWKSNoMatchingKey();
  return key;
}

function protectedHeaderOf(token: string): ReturnType<typeof decodeProtectedHeader> {
  try {
    return decodeProtectedHeader(token);
  } catch {
    // A TypeError for whatever is no token at all.
    throw new errors.JWTInvalid("no protected header");
  }
}

function typeOf(purpose: TokenPurpose): string {
  return `invigil-${purpose}+jwt`;
}

function audienceOf(purpose: TokenPurpose): string {
  return `invigil:${purpose}`;
}
