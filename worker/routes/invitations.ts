import { Hono } from "hono";
import { beyondOwn } from "#domain/access/give.ts";
import { faultOfPassword } from "#domain/access/password-rule.ts";
import { acceptInvitationSchema, invitationTokenSchema, invitedSchema } from "#protocol/http/member.ts";
import { revokedSchema } from "#protocol/http/sign-in.ts";
import type { AppEnv } from "../app-env.ts";
import { actingOf } from "../audit/acting.ts";
import { hashPassword } from "../auth/password.ts";
import { tokenHash } from "../auth/random-token.ts";
import { closeConsoles } from "../auth/sign-in-session.ts";
import { memberReader } from "../database/member-reader.ts";
import { acceptInvitation } from "../database/password-writer.ts";
import { invitationByToken } from "../database/tenantless-lookup.ts";
import { describe } from "../describe.ts";
import type { Env } from "../env.ts";
import { problem } from "../problem.ts";
import { jsonBody } from "../validate.ts";

const tag = "Staff";

/** How somebody who was invited comes in: who has the link chooses the password, once. [K7] */
export const invitationRoutes = new Hono<AppEnv>()
  .post(
    "/v1/invitations/read",
    describe({
      summary: "Read whom an invitation is for",
      tag,
      answers: { 200: invitedSchema },
      problems: ["bad-request", "not-allowed", "not-found", "link-expired"],
    }),
    jsonBody(invitationTokenSchema),
    async (c) => {
      const invited = await invitedBy(c.env, c.req.valid("json").token);
      if (typeof invited === "string") return problem(c, invited);
      const { name, email, tenantName } = invited.member;
      return c.json({ name, email, tenantName });
    },
  )
  .post(
    "/v1/invitations/accept",
    describe({
      summary:
        "Choose a password with an invitation, which is used up by it; sign-ins, keys and passkeys of before are over",
      tag,
      answers: { 200: revokedSchema },
      problems: ["bad-request", "not-allowed", "not-found", "link-expired", "weak-password"],
    }),
    jsonBody(acceptInvitationSchema),
    async (c) => {
      const { token, password } = c.req.valid("json");
      const invited = await invitedBy(c.env, token);
      if (typeof invited === "string") return problem(c, invited);
      const { member, home } = invited;
      if (faultOfPassword(password, member.email) !== null) return problem(c, "weak-password");
      const acting = actingOf(c, home.database, member);
      const change = { tokenHash: await tokenHash(token), to: await hashPassword(password), now: Date.now() };
      const revoked = await acceptInvitation(home.database, acting, change);
      if (revoked === null) return problem(c, "not-found");
      await closeConsoles(c.env, home.database, member, revoked.signIns);
      return c.json({ ...revoked, signIns: revoked.signIns.length });
    },
  );

async function invitedBy(env: Env, token: string) {
  const found = await invitationByToken(env, await tokenHash(token));
  if (found === null) return "not-found";
  if (Date.now() >= found.expiresAt) return "link-expired";
  const member = await memberReader(found.home.database, found.tenantId).byId(found.memberId);
  if (member === null) return "not-found";
  // Somebody gave the member more since than the giver of this link could. [G109]
  const isTooMuch = found.mayGive !== null && beyondOwn(found.mayGive, member.permissions).length > 0;
  return isTooMuch ? "not-found" : { member, home: found.home };
}
