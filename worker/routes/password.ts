import { Hono } from "hono";
import { faultOfPassword } from "#domain/access/password-rule.ts";
import { changePasswordSchema } from "#protocol/http/sign-in.ts";
import type { AppEnv } from "../app-env.ts";
import { guardSignIn } from "../auth/guard-sign-in.ts";
import { hashPassword, verifyPassword } from "../auth/password.ts";
import { requireMember } from "../auth/require-member.ts";
import { endSignIns } from "../auth/sign-in-session.ts";
import { changePassword } from "../database/password-writer.ts";
import { signInReader } from "../database/sign-in-reader.ts";
import { memberByEmail } from "../database/tenantless-lookup.ts";
import { describe } from "../describe.ts";
import { problem } from "../problem.ts";
import { tooManyTries } from "../too-many-tries.ts";
import { jsonBody } from "../validate.ts";

export const passwordRoutes = new Hono<AppEnv>().put(
  "/v1/sign-in/password",
  describe({
    summary: "Change my password, and sign out everywhere else",
    tag: "Staff",
    answers: { 204: null },
    problems: [
      "bad-request",
      "not-signed-in",
      "wrong-credentials",
      "not-allowed",
      "proof-needed",
      "conflict",
      "weak-password",
      "too-many-tries",
    ],
  }),
  requireMember,
  jsonBody(changePasswordSchema),
  async (c) => {
    const { tenantId, memberId, email } = c.var.member;
    const { current, next } = c.req.valid("json");
    if (faultOfPassword(next, email) !== null) return problem(c, "weak-password");
    const known = await memberByEmail(c.env, email);
    if (known === null) return problem(c, "not-signed-in");
    // Whoever stands at a console that was left open guesses no faster here than at the sign-in.
    const guarded = await guardSignIn(c, { env: c.env, settings: c.var.settings }, email, known);
    const { verdict } = guarded;
    if (verdict.kind === "wait") return tooManyTries(c, verdict.until);
    if (verdict.kind === "closed") return problem(c, "proof-needed");
    if (!(await verifyPassword(current, known.passwordHash))) return problem(c, "wrong-credentials");
    await guarded.proven({ tenantId, memberId });
    const change = { from: known.passwordHash, to: await hashPassword(next) };
    if (!(await changePassword(c.var.home.database, c.var.acting, change))) return problem(c, "conflict");
    const entries = await signInReader(c.var.home.database, tenantId).ofMember(memberId, Date.now());
    const others = entries.map(({ signInId }) => signInId).filter((id) => id !== c.var.signInId);
    await endSignIns(c.env, c.var.home, c.var.acting, others, {
      kind: "sign-in-ended",
      on: null,
      details: { all: false },
    });
    return c.body(null, 204);
  },
);
