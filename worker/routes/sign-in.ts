import { Hono } from "hono";
import * as v from "valibot";
import type { MemberId } from "#domain/exam/ids.ts";
import { idField } from "#protocol/http/field.ts";
import { meSchema, signInSchema } from "#protocol/http/sign-in.ts";
import type { AppEnv } from "../app-env.ts";
import { enterRefusedSignIn } from "../audit/enter-refused-sign-in.ts";
import { actingOf } from "../audit/acting.ts";
import { clearStaffCookies } from "../auth/cookie.ts";
import { guardSignIn, openAgain } from "../auth/guard-sign-in.ts";
import { hashPassword, isOutdated, verifyPassword } from "../auth/password.ts";
import { requireMember, requirePermission } from "../auth/require-member.ts";
import { beginSignIn, endSignIns } from "../auth/sign-in-session.ts";
import { signedInMember } from "../auth/signed-in-member.ts";
import { memberReader } from "../database/member-reader.ts";
import { upgradeHash } from "../database/password-writer.ts";
import { memberByEmail } from "../database/tenantless-lookup.ts";
import { describe } from "../describe.ts";
import { log } from "../log.ts";
import { problem } from "../problem.ts";
import { tooManyTries } from "../too-many-tries.ts";
import { jsonBody, pathIds } from "../validate.ts";

const tag = "Staff";

export const signInRoutes = new Hono<AppEnv>()
  .post(
    "/v1/sign-in",
    describe({
      summary: "Sign in as staff",
      tag,
      answers: { 200: meSchema },
      problems: ["bad-request", "wrong-credentials", "too-many-tries", "proof-needed", "not-allowed"],
    }),
    jsonBody(signInSchema),
    async (c) => {
      const { email, password } = c.req.valid("json");
      const found = await memberByEmail(c.env, email.toLowerCase());
      const guarded = await guardSignIn(c, { env: c.env, settings: c.var.settings }, email.toLowerCase(), found);
      const { verdict } = guarded;
      if (verdict.kind === "wait") return tooManyTries(c, verdict.until);
      if (verdict.kind === "closed") return problem(c, "proof-needed");
      const isRight = await verifyPassword(password, found?.passwordHash ?? null);
      if (found === null) return problem(c, "wrong-credentials");
      const { tenantId, memberId } = found;
      if (!isRight) {
        enterRefusedSignIn(c, found);
        return problem(c, "wrong-credentials");
      }
      const member = await memberReader(found.home.database, tenantId).byId(memberId);
      if (member === null) return problem(c, "wrong-credentials");
      await guarded.proven({ tenantId, memberId });
      if (isOutdated(found.passwordHash)) {
        await upgradeHash(found.home.database, found, { from: found.passwordHash, to: await hashPassword(password) });
      }
      await beginSignIn(c, found.home, actingOf(c, found.home.database, member));
      log({ event: "signed-in", requestId: c.var.requestId, tenantId, memberId });
      return c.json(member);
    },
  )
  .post(
    "/v1/sign-out",
    describe({ summary: "Sign out", tag, answers: { 204: null }, problems: ["not-allowed"] }),
    async (c) => {
      const signedIn = await signedInMember(c, c.env, c.var.settings);
      const { signInId } = c.var;
      if (signedIn !== null && signInId !== null) {
        const { member, home } = signedIn;
        const acting = actingOf(c, home.database, member);
        await endSignIns(c.env, home, acting, [signInId], { kind: "signed-out", on: null });
      }
      clearStaffCookies(c);
      return c.body(null, 204);
    },
  )
  .delete(
    "/v1/members/:memberId/sign-in-failures",
    describe({
      summary: "Forget the failures to sign in to a colleague's account, so that it opens again",
      tag,
      answers: { 204: null },
      problems: ["not-signed-in", "not-allowed", "not-found"],
    }),
    requirePermission("manage-members"),
    pathIds(v.object({ memberId: idField<MemberId>() })),
    async (c) => {
      const colleague = await memberReader(c.var.home.database, c.var.member.tenantId).byId(
        c.req.valid("param").memberId,
      );
      if (colleague === null) return problem(c, "not-found");
      await openAgain(c, colleague.email);
      return c.body(null, 204);
    },
  )
  .get(
    "/v1/me",
    describe({ summary: "Who is signed in", tag, answers: { 200: meSchema }, problems: ["not-signed-in"] }),
    requireMember,
    (c) => c.json(c.var.member),
  );
