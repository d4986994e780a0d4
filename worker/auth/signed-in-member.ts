import type { Context } from "hono";
import type { Me } from "#protocol/http/sign-in.ts";
import { memberReader } from "../database/member-reader.ts";
import type { Env, Settings } from "../env.ts";
import { type Home, homeOf } from "../home.ts";
import { readStaffCookie } from "./cookie.ts";
import { openToken } from "./sealed-token.ts";
import { staffToken } from "./staff-token.ts";

/**
 * Who the staff cookie of a request says, with the roles they have now; null where it says nobody who is there, or a sign-in
 * that is over. By which sign-in it is, is in `c.var.signInId`.
 */
export async function signedInMember(
  c: Context,
  env: Env,
  settings: Settings,
): Promise<{ readonly member: Me; readonly home: Home } | null> {
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
