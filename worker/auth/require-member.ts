import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import { type FactorStanding, factorStandings } from "#domain/access/factor-rule.ts";
import { can, type Permission } from "#domain/access/permission.ts";
import type { MemberEnv } from "../app-env.ts";
import { actingOf } from "../audit/acting.ts";
import { answerOnce } from "../answer-once.ts";
import { documented } from "../documented.ts";
import { problem } from "../problem.ts";
import { mayAskNow } from "./key-pace.ts";
import { signedInMember } from "./signed-in-member.ts";

/**
 * Whoever is signed in or shows a key, also who still lacks the second factor that is asked for. `c.var.member` is who, with
 * what they may do now.
 */
export const requireMemberOrKey = documented(
  createMiddleware<MemberEnv>((c, next) => admit(c, next, null, factorStandings)),
  { "x-ways": ["member", "key"], "x-problems": ["not-signed-in", "too-often"] },
);

/** Any member who signed in themselves, for what is their own. [K24] */
export const requireMember = documented(
  createMiddleware<MemberEnv>((c, next) => admit(c, () => (c.var.keyId === null ? next() : refuseKey(c)), null)),
  { "x-ways": ["member"], "x-problems": ["not-signed-in", "not-allowed", "second-factor-demanded"] },
);

/** As `requireMember`, also for who has no second factor yet and is asked for one: they set it up there. [G91] */
export const requireMemberSettingUp = documented(
  createMiddleware<MemberEnv>((c, next) =>
    admit(c, () => (c.var.keyId === null ? next() : refuseKey(c)), null, ["enough", "to-set-up"]),
  ),
  { "x-ways": ["member"], "x-problems": ["not-signed-in", "not-allowed", "second-factor-demanded"] },
);

/** After `requirePermission`: not for keys. [K24] */
export const requirePerson = documented(
  createMiddleware<MemberEnv>((c, next) => (c.var.keyId === null ? next() : refuseKey(c))),
  { "x-not-ways": ["key"] },
);

/**
 * Who has one of these permissions now, a member or a key of theirs; without it 403. That depends on the route alone, never
 * on what exists behind it. [K1] [K20]
 */
export function requirePermission(...anyOf: readonly Permission[]) {
  return documented(
    createMiddleware<MemberEnv>((c, next) => admit(c, next, anyOf)),
    {
      "x-ways": ["member", "key"],
      "x-permissions": anyOf,
      "x-problems": ["not-signed-in", "not-allowed", "second-factor-demanded", "too-often"],
    },
  );
}

const keyTooOften = "This key asks too often. Wait as long as Retry-After says, in seconds.";

async function admit(
  c: Context<MemberEnv>,
  next: () => Promise<Response | void>,
  anyOf: readonly Permission[] | null,
  standings: readonly FactorStanding[] = ["enough"],
): Promise<Response | undefined> {
  const signedIn = await signedInMember(c, c.env, c.var.settings);
  if (signedIn === null) return problem(c, "not-signed-in");
  const { member, home } = signedIn;
  c.set("acting", actingOf(c, home.database, member));
  if (c.var.keyId !== null && !(await mayAskNow(c, c.env, c.var.keyId))) return problem(c, "too-often", keyTooOften);
  // A key is no sign-in: it has scopes and an end instead, and was made in one. [G94]
  if (!standings.includes(member.secondFactor)) return problem(c, "second-factor-demanded");
  if (anyOf !== null && !anyOf.some((permission) => can(member, permission))) return problem(c, "not-allowed");
  c.set("member", member);
  c.set("home", home);
  return answerOnce(c, next);
}

async function refuseKey(c: Context): Promise<Response> {
  return problem(c, "not-allowed", "This is for people who sign in, not for keys.");
}
