import { verifyAuthenticationResponse, verifyRegistrationResponse } from "@simplewebauthn/server";
import * as v from "valibot";
import type { MemberId, TenantId } from "#domain/exam/ids.ts";
import type { EpochMs } from "#domain/integrity/signal.ts";
import type { CreatedPasskey, ShownPasskey } from "#protocol/http/passkey.ts";
import { epochMs } from "#protocol/http/field.ts";
import type { AppContext } from "../app-env.ts";
import { sha256 } from "../sha256.ts";
import { clearChallengeCookie, readChallengeCookie, setChallengeCookie } from "./cookie.ts";
import { randomToken } from "./random-token.ts";
import { openToken, sealToken, type TokenKind } from "./sealed-token.ts";

/** How long somebody has for finger, face or PIN. */
export const passkeyMs = 5 * 60_000;

/** ES256 and RS256 by their COSE numbers (RFC 9053, RFC 8812): what the devices in use make. */
export const passkeyAlgorithms = [-7, -257] as const;

type Owner = { readonly tenantId: TenantId; readonly memberId: MemberId };

/** A challenge that this browser was given. `userHandle`: who adds a passkey; null where somebody signs in. */
type Challenge = { readonly challenge: string; readonly issuedAt: EpochMs; readonly userHandle: string | null };

const challengeToken: TokenKind<Challenge> = {
  purpose: "passkey",
  claims: v.object({ challenge: v.string(), issuedAt: epochMs, userHandle: v.nullable(v.string()) }),
};

/** What a device keeps as whose a passkey is (WebAuthn, section 14.6.1: nothing that says who it is to others). */
export function userHandleOf({ tenantId, memberId }: Owner): string {
  return Buffer.from(sha256(new TextEncoder().encode(`passkey\n${tenantId}\n${memberId}`))).toString("base64url");
}

/** A fresh challenge, bound to this browser by a cookie. */
export async function giveChallenge(c: AppContext, userHandle: string | null): Promise<string> {
  const challenge = randomToken(32);
  const now = Date.now();
  const claims = { challenge, issuedAt: now, userHandle };
  setChallengeCookie(c, await sealToken(c.var.settings, challengeToken, claims, now + passkeyMs), passkeyMs);
  return challenge;
}

/** The challenge that this browser was given for this, and takes it from it. Null where there is none that is good. */
export async function takeChallenge(c: AppContext, userHandle: string | null): Promise<Challenge | null> {
  const token = readChallengeCookie(c);
  clearChallengeCookie(c);
  const claims = token === null ? null : await openToken(c.var.settings, challengeToken, token);
  return claims?.userHandle === userHandle ? claims : null;
}

/** Where a passkey is good: at the very host that was asked. [G51] */
export function placeOf(c: AppContext): { readonly rpId: string; readonly origin: string } {
  const { hostname, origin } = new URL(c.req.url);
  return { rpId: hostname, origin };
}

/** The passkey that a device made for this challenge, or null where anything about it is not as it was asked. */
export async function verifyCreated(c: AppContext, { challenge }: Challenge, passkey: CreatedPasskey) {
  const { rpId, origin } = placeOf(c);
  try {
    const { registrationInfo } = await verifyRegistrationResponse({
      response: { ...passkey, clientExtensionResults: {} },
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: rpId,
      requireUserVerification: true,
      supportedAlgorithmIDs: [...passkeyAlgorithms],
    });
    if (registrationInfo === undefined) return null;
    const { id, publicKey, counter } = registrationInfo.credential;
    return { credentialId: id, publicKey: Buffer.from(publicKey).toString("base64url"), counter };
  } catch {
    // Every way in which an answer can be no good lands here as an Error whose text repeats what was sent.
    return null;
  }
}

/** What is kept of a passkey to check it by. */
type KeptPasskey = { readonly credentialId: string; readonly publicKey: string; readonly counter: number };

/** The device's count after it answered this challenge with this passkey, or null where it is no good answer. [G50] */
export async function verifyShown(
  c: AppContext,
  { challenge }: Challenge,
  shown: ShownPasskey,
  kept: KeptPasskey,
): Promise<number | null> {
  const { rpId, origin } = placeOf(c);
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: { ...shown, clientExtensionResults: {} },
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: rpId,
      credential: {
        id: kept.credentialId,
        publicKey: Uint8Array.from(Buffer.from(kept.publicKey, "base64url")),
        counter: kept.counter,
      },
      requireUserVerification: true,
    });
    return verified ? authenticationInfo.newCounter : null;
  } catch {
    // As above; a count that did not go up, which a copied passkey has, too.
    return null;
  }
}
