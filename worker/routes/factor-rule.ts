import { type Context, Hono } from "hono";
import { isEnough, type ShownFactors } from "#domain/access/factor-rule.ts";
import { factorRuleSchema, factorRuleStateSchema } from "#protocol/http/second-factor.ts";
import type { AppEnv, MemberEnv } from "../app-env.ts";
import { requirePermission, requirePerson } from "../auth/require-member.ts";
import { closeConsolesOf } from "../auth/sign-in-session.ts";
import { factorRuleReader } from "../database/factor-rule-reader.ts";
import { setFactorRule } from "../database/factor-rule-writer.ts";
import { describe } from "../describe.ts";
import { problem } from "../problem.ts";
import { jsonBody } from "../validate.ts";

const tag = "Staff";
const manage = requirePermission("manage-sign-in");
const showFirst = "This sign-in would not be enough any more. Sign in with a second factor of your own, and ask again.";

/** Whether every member needs a second factor. [G90] */
export const factorRuleRoutes = new Hono<AppEnv>()
  .get(
    "/v1/second-factor-rule",
    describe({
      summary: "Whether every member needs a second factor, and how many have none yet",
      tag,
      answers: { 200: factorRuleStateSchema },
      problems: ["not-signed-in", "not-allowed"],
    }),
    manage,
    requirePerson,
    async (c) => {
      const reader = reads(c);
      const [rule, counts, own] = await Promise.all([reader.rule(), reader.counts(), shownIn(c)]);
      return c.json({ ...rule, ...counts, own });
    },
  )
  .put(
    "/v1/second-factor-rule",
    describe({
      summary:
        "Set whether every member needs a second factor; it holds at once, also for sign-ins that go on, and live consoles without one close",
      tag,
      answers: { 204: null },
      problems: ["bad-request", "not-signed-in", "not-allowed", "second-factor-demanded"],
    }),
    manage,
    requirePerson,
    jsonBody(factorRuleSchema),
    async (c) => {
      const { acting, home } = c.var;
      const rule = c.req.valid("json");
      // Whoever turns it on must not be the first whom it keeps out. [G95]
      if (!isEnough(rule, await shownIn(c))) return problem(c, "second-factor-demanded", showFirst);
      const now = Date.now();
      await setFactorRule(home.database, acting, rule, now);
      await closeConsolesOf(c.env, home, acting.tenantId, await reads(c).signInsBelow(rule, now));
      return c.body(null, 204);
    },
  );

function reads(c: Context<MemberEnv>) {
  return factorRuleReader(c.var.home.database, c.var.member.tenantId);
}

/** What was shown in the sign-in that asks. */
async function shownIn(c: Context<MemberEnv>): Promise<ShownFactors> {
  const { signInId } = c.var;
  const shown = signInId === null ? null : await reads(c).shownIn(signInId);
  return shown ?? { way: "password", hasShownFactor: false };
}
