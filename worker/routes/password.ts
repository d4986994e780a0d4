import { Hono } from "hono";
import { faultOfPassword } from "#domain/access/password-rule.ts";
import { changePasswordSchema } from "#protocol/http/sign-in.ts";
import type { AppEnv } from "../app-env.ts";
import { hashPassword } from "../auth/password.ts";
import { provePassword } from "../auth/prove-password.ts";
import { requireMember } from "../auth/require-member.ts";
import { endOtherSignIns } from "../auth/sign-in-session.ts";
import { changePassword } from "../database/password-writer.ts";
import { describe } from "../describe.ts";
import { problem } from "../problem.ts";
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
    const { current, next } = c.req.valid("json");
    if (faultOfPassword(next, c.var.member.email) !== null) return problem(c, "weak-password");
    const proof = await provePassword(c, current);
    if (!proof.ok) return proof.response;
    const change = { from: proof.passwordHash, to: await hashPassword(next) };
    if (!(await changePassword(c.var.home.database, c.var.acting, change))) return problem(c, "conflict");
    await endOtherSignIns(c);
    return c.body(null, 204);
  },
);
