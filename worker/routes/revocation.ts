import { type Context, Hono } from "hono";
import * as v from "valibot";
import { beyondOwn } from "#domain/access/give.ts";
import type { MemberId } from "#domain/exam/ids.ts";
import { idField } from "#protocol/http/field.ts";
import { ownFactorsSchema } from "#protocol/http/second-factor.ts";
import { type Revoked, revokedSchema } from "#protocol/http/sign-in.ts";
import type { AppEnv, MemberEnv } from "../app-env.ts";
import { clearStaffCookies } from "../auth/cookie.ts";
import { unprovenProblems, whyNotProvenBy } from "../auth/prove-factors.ts";
import { requireMember, requirePermission } from "../auth/require-member.ts";
import { closeConsoles } from "../auth/sign-in-session.ts";
import { memberReader } from "../database/member-reader.ts";
import { revokeAccess } from "../database/revoke-access.ts";
import { describe } from "../describe.ts";
import { moreThanOwn } from "../more-than-own.ts";
import { problem } from "../problem.ts";
import { jsonBody, pathIds } from "../validate.ts";

const tag = "Staff";

/** For an account in which somebody else was: all that is open in its name ends, and so do the ways back in. */
export const revocationRoutes = new Hono<AppEnv>()
  .post(
    "/v1/sign-in/revocation",
    describe({
      summary:
        "Sign me out everywhere, here too, and revoke my keys of the API, my passkeys and an outstanding invitation",
      tag,
      answers: { 200: revokedSchema },
      problems: ["bad-request", "not-signed-in", ...unprovenProblems, "not-allowed"],
    }),
    requireMember,
    jsonBody(ownFactorsSchema),
    async (c) => {
      const refusal = await whyNotProvenBy(c, c.req.valid("json"));
      if (refusal !== null) return refusal;
      const revoked = await revoke(c, c.var.member.memberId);
      clearStaffCookies(c);
      return c.json(revoked);
    },
  )
  .post(
    "/v1/members/:memberId/revocation",
    describe({
      summary: "Sign a colleague out everywhere, and revoke their keys of the API, passkeys and outstanding invitation",
      tag,
      answers: { 200: revokedSchema },
      problems: ["not-signed-in", "not-allowed", "more-than-own", "not-found"],
    }),
    requirePermission("manage-members"),
    pathIds(v.object({ memberId: idField<MemberId>() })),
    async (c) => {
      const { memberId } = c.req.valid("param");
      const colleague = await memberReader(c.var.home.database, c.var.member.tenantId).byId(memberId);
      if (colleague === null) return problem(c, "not-found");
      // It takes a second factor with the passkeys. [G106]
      const refusal = moreThanOwn(c, beyondOwn(c.var.member.permissions, colleague.permissions));
      return refusal ?? c.json(await revoke(c, memberId));
    },
  );

async function revoke(c: Context<MemberEnv>, memberId: MemberId): Promise<Revoked> {
  const { acting, home } = c.var;
  const { signIns, keys, passkeys } = await revokeAccess(home.database, acting, memberId, Date.now());
  await closeConsoles(c.env, home.database, { tenantId: acting.tenantId, memberId }, signIns);
  return { signIns: signIns.length, keys, passkeys };
}
