import { createMiddleware } from "hono/factory";
import type { Role } from "#protocol/http/sign-in.ts";
import type { MemberEnv } from "../app-env.ts";
import { actingOf } from "../audit/acting.ts";
import { problem } from "../problem.ts";
import { signedInMember } from "./signed-in-member.ts";

/**
 * `c.var.member` is who signed in, with the roles they have now, and `c.var.acting` what writers need of them. With roles
 * given, one of them is needed, else 403; that depends on the route alone, never on what exists behind it.
 */
export function requireMember(...allowed: readonly Role[]) {
  return createMiddleware<MemberEnv>(async (c, next) => {
    const member = await signedInMember(c, c.env, c.var.settings);
    if (member === null) return problem(c, "not-signed-in");
    c.set("acting", actingOf(c, c.env.DB, member));
    if (allowed.length > 0 && !member.roles.some((role) => allowed.includes(role))) return problem(c, "not-allowed");
    c.set("member", member);
    return next();
  });
}
