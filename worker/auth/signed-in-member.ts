import type { Context } from "hono";
import type { Me } from "#protocol/http/sign-in.ts";
import { memberReader } from "../database/member-reader.ts";
import type { Env, Settings } from "../env.ts";
import { readStaffCookie } from "./cookie.ts";
import { openToken } from "./sealed-token.ts";
import { staffToken } from "./staff-token.ts";

/** Who the staff cookie of a request says, with the roles they have now; null where it says nobody who is there. */
export async function signedInMember(c: Context, { DB }: Pick<Env, "DB">, settings: Settings): Promise<Me | null> {
  const token = readStaffCookie(c);
  const claims = token === null ? null : await openToken(settings, staffToken, token);
  return claims === null ? null : memberReader(DB, claims.tenantId).byId(claims.memberId);
}
