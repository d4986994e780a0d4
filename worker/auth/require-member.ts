import { createMiddleware } from "hono/factory";
import type { Me, Role } from "#protocol/http/sign-in.ts";
import type { AppEnv } from "../app-env.ts";
import { memberReader } from "../database/member-reader.ts";
import { problem } from "../problem.ts";
import { readStaffCookie } from "./cookie.ts";
import { openToken } from "./sealed-token.ts";
import { staffToken } from "./staff-token.ts";

/**
 * `c.var.member` is who signed in, with the roles they have now. With roles given, one of them is needed, else 403; that
 * depends on the route alone, never on what exists behind it.
 */
export function requireMember(...allowed: readonly Role[]) {
  return createMiddleware<AppEnv & { Variables: { member: Me } }>(async (c, next) => {
    const token = readStaffCookie(c);
    const claims = token === null ? null : await openToken(c.var.settings, staffToken, token);
    if (claims === null) return problem(c, "not-signed-in");
    const member = await memberReader(c.env.DB, claims.tenantId).byId(claims.memberId);
    if (member === null) return problem(c, "not-signed-in");
    if (allowed.length > 0 && !member.roles.some((role) => allowed.includes(role))) return problem(c, "not-allowed");
    c.set("member", member);
    return next();
  });
}
