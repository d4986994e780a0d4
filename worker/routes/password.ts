import { Hono } from "hono";
import { faultOfPassword } from "#domain/access/password-rule.ts";
import { changePasswordSchema, passwordChangedSchema } from "#protocol/http/sign-in.ts";
import type { AppEnv } from "../app-env.ts";
import { hashPassword } from "../auth/password.ts";
import { provePassword } from "../auth/prove-password.ts";
import { requireMember } from "../auth/require-member.ts";
import { endOtherSignIns } from "../auth/sign-in-session.ts";
import { apiKeyReader } from "../database/api-key-reader.ts";
import { passkeyReader } from "../database/passkey-reader.ts";
import { changePassword } from "../database/password-writer.ts";
import { describe } from "../describe.ts";
import { problem } from "../problem.ts";
import { jsonBody } from "../validate.ts";

export const passwordRoutes = new Hono<AppEnv>().put(
  "/v1/sign-in/password",
  describe({
    summary: "Change my password, and sign out everywhere else",
    tag: "Staff",
    answers: { 200: passwordChangedSchema },
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
    const { current, next, andRevoke } = c.req.valid("json");
    const { acting, home, member } = c.var;
    if (faultOfPassword(next, c.var.member.email) !== null) return problem(c, "weak-password");
    const proof = await provePassword(c, current);
    if (!proof.ok) return proof.response;
    const change = { from: proof.passwordHash, to: await hashPassword(next), andRevoke, now: Date.now() };
    const revoked = await changePassword(home.database, acting, change);
    if (revoked === null) return problem(c, "conflict");
    const signIns = await endOtherSignIns(c);
    const [keysLeft, passkeys] = await Promise.all([
      apiKeyReader(home.database, member.tenantId).liveOf(member.memberId, Date.now()),
      passkeyReader(home.database, member.tenantId).ofMember(member.memberId),
    ]);
    return c.json({ signIns, ...revoked, keysLeft, passkeysLeft: passkeys.length });
  },
);
