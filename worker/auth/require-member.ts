import type { Context, Next } from "hono";
import { createMiddleware } from "hono/factory";
import { can, type Permission } from "#domain/access/permission.ts";
import type { MemberEnv } from "../app-env.ts";
import { actingOf } from "../audit/acting.ts";
import { problem } from "../problem.ts";
import { signedInMember } from "./signed-in-member.ts";

/** Any member who is signed in, for what is their own. `c.var.member` is who, with the roles they have now. */
export const requireMember = createMiddleware<MemberEnv>((c, next) => admit(c, next, null));

/**
 * A member who has one of these permissions now; without it 403. That depends on the route alone, never on what exists
 * behind it. [K1]
 */
export function requirePermission(...anyOf: readonly Permission[]) {
  return createMiddleware<MemberEnv>((c, next) => admit(c, next, anyOf));
}

async function admit(
  c: Context<MemberEnv>,
  next: Next,
  anyOf: readonly Permission[] | null,
): Promise<Response | undefined> {
  const signedIn = await signedInMember(c, c.env, c.var.settings);
  if (signedIn === null) return problem(c, "not-signed-in");
  const { member, home } = signedIn;
  c.set("acting", actingOf(c, home.database, member));
  if (anyOf !== null && !anyOf.some((permission) => can(member, permission))) return problem(c, "not-allowed");
  c.set("member", member);
  c.set("home", home);
  await next();
  return undefined;
}
