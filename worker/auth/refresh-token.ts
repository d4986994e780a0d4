import * as v from "valibot";
import type { SignInId, TenantId } from "#domain/exam/ids.ts";
import { idField } from "#protocol/http/field.ts";
import type { Settings } from "../env.ts";
import { randomToken } from "./random-token.ts";

/** `<tenant>.<sign-in>.<43 characters>`: where it is kept, and what only its holder knows. */
export type RefreshToken = { readonly tenantId: TenantId; readonly signInId: SignInId; readonly text: string };

export function newRefreshToken(tenantId: TenantId, signInId: SignInId): RefreshToken {
  return { tenantId, signInId, text: `${tenantId}.${signInId}.${randomToken(32)}` };
}

/** Reads a cookie. Null when it cannot be one of ours. */
export function parseRefreshToken(text: string): RefreshToken | null {
  const [tenant, signIn, secret, ...more] = text.split(".");
  const tenantId = v.safeParse(idField<TenantId>(), tenant);
  const signInId = v.safeParse(idField<SignInId>(), signIn);
  if (!tenantId.success || !signInId.success || more.length > 0) return null;
  if (secret === undefined || !/^[A-Za-z0-9_-]{43}$/.test(secret)) return null;
  return { tenantId: tenantId.output, signInId: signInId.output, text };
}

/**
 * The token that comes after this one. It is made from it, with a key that only the server has, so that pages which ask at
 * the same moment with the same token all get the same answer, and nothing but hashes has to be kept for that.
 */
export async function refreshTokenAfter(settings: Settings, token: RefreshToken): Promise<RefreshToken> {
  const encoder = new TextEncoder();
  const raw = encoder.encode(`invigil refresh token ${settings.tokenSigningKey.d}`);
  const key = await crypto.subtle.importKey("raw", raw, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  const next = await crypto.subtle.sign("HMAC", key, encoder.encode(token.text));
  const secret = Buffer.from(next).toString("base64url");
  return { ...token, text: `${token.tenantId}.${token.signInId}.${secret}` };
}
