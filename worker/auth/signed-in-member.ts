import type { Context } from "hono";
import { isUseNews, keyPermissions } from "#domain/access/api-key.ts";
import type { Me } from "#protocol/http/sign-in.ts";
import { apiKeyReader } from "../database/api-key-reader.ts";
import { noteKeyUse } from "../database/api-key-writer.ts";
import { memberReader } from "../database/member-reader.ts";
import type { Env, Settings } from "../env.ts";
import { type Home, homeOf } from "../home.ts";
import { hasBearer, readApiKey } from "./api-key-token.ts";
import { readStaffCookie } from "./cookie.ts";
import { tokenHash } from "./random-token.ts";
import { openToken } from "./sealed-token.ts";
import { staffToken } from "./staff-token.ts";

type SignedIn = { readonly member: Me; readonly home: Home };

/**
 * Who asks, with what they may do now: the member whom the staff cookie names, or whose key the request shows, then as far
 * as the key allows. Null where it says nobody who is there, or a sign-in or key that is over. By which of the two it is,
 * is in `c.var.signInId` and `c.var.keyId`.
 */
export function signedInMember(c: Context, env: Env, settings: Settings): Promise<SignedIn | null> {
  return hasBearer(c) ? byKey(c, env) : byCookie(c, env, settings);
}

async function byCookie(c: Context, env: Env, settings: Settings): Promise<SignedIn | null> {
  const token = readStaffCookie(c);
  const claims = token === null ? null : await openToken(settings, staffToken, token);
  if (claims === null) return null;
  const home = await homeOf(env, claims.tenantId);
  const member = await memberReader(home.database, claims.tenantId).signedIn(
    claims.memberId,
    claims.signInId,
    Date.now(),
  );
  c.set("signInId", member === null ? null : claims.signInId);
  return member === null ? null : { member, home };
}

/** [K20] [K22] [K23] */
async function byKey(c: Context, env: Env): Promise<SignedIn | null> {
  const token = readApiKey(c);
  if (token === null) return null;
  const { tenantId, keyId } = token;
  const home = await homeOf(env, tenantId);
  const now = Date.now();
  const key = await apiKeyReader(home.database, tenantId).live(keyId, await tokenHash(token.text), now);
  const member = key === null ? null : await memberReader(home.database, tenantId).byId(key.memberId);
  if (key === null || member === null) return null;
  if (isUseNews(key.lastUsedAt, now)) await noteKeyUse(home.database, tenantId, keyId, now);
  c.set("keyId", keyId);
  return { member: { ...member, permissions: [...keyPermissions(key.scopes, member.permissions)] }, home };
}
