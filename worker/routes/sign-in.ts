import { type Context, Hono } from "hono";
import { secondStepSchema } from "#protocol/http/second-factor.ts";
import { type Me, meSchema, signInSchema } from "#protocol/http/sign-in.ts";
import type { AppEnv } from "../app-env.ts";
import { enterRefusedSignIn } from "../audit/enter-refused-sign-in.ts";
import { actingOf } from "../audit/acting.ts";
import { clearSecondStepCookie, clearStaffCookies } from "../auth/cookie.ts";
import { guardSignIn } from "../auth/guard-sign-in.ts";
import { hashPassword, isOutdated, verifyPassword } from "../auth/password.ts";
import { proveSecondFactor } from "../auth/prove-second-factor.ts";
import { askForSecondFactor, passwordMarkOf, secondStepOf } from "../auth/second-step.ts";
import { requireMemberOrKey } from "../auth/require-member.ts";
import { beginSignIn, endSignIns } from "../auth/sign-in-session.ts";
import { signedInMember } from "../auth/signed-in-member.ts";
import { memberReader } from "../database/member-reader.ts";
import { passwordHashOf, upgradeHash } from "../database/password-writer.ts";
import { secondFactorReader } from "../database/second-factor-reader.ts";
import { memberByEmail } from "../database/tenantless-lookup.ts";
import { describe } from "../describe.ts";
import { problem } from "../problem.ts";
import { tooManyTries } from "../too-many-tries.ts";
import { jsonBody } from "../validate.ts";

const tag = "Staff";

export const signInRoutes = new Hono<AppEnv>()
  .post(
    "/v1/sign-in",
    describe({
      summary: "Sign in as staff",
      tag,
      answers: { 200: meSchema },
      problems: [
        "bad-request",
        "not-signed-in",
        "wrong-credentials",
        "second-factor-needed",
        "too-many-tries",
        "proof-needed",
        "not-allowed",
      ],
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
      if (!isRight || found.passwordHash === null) {
        enterRefusedSignIn(c, found, "sign-in-refused");
        return problem(c, "wrong-credentials");
      }
      const member = await memberReader(found.home.database, tenantId).byId(memberId);
      if (member === null) return problem(c, "wrong-credentials");
      await guarded.proven();
      let { passwordHash } = found;
      if (isOutdated(passwordHash)) {
        passwordHash = await hashPassword(password);
        const change = { from: found.passwordHash, to: passwordHash };
        if (!(await upgradeHash(found.home.database, found, change))) {
          // By this password in another browser at the same moment, or by a new password.
          const now = await passwordHashOf(found.home.database, found);
          if (now === null || !(await verifyPassword(password, now))) return problem(c, "wrong-credentials");
          passwordHash = now;
        }
      }
      const app = await secondFactorReader(found.home.database, tenantId).authenticatorOf(memberId);
      if (app !== null && app.confirmedAt !== null) {
        await askForSecondFactor(c, { tenantId, memberId, passwordMark: await passwordMarkOf(passwordHash) });
        return problem(c, "second-factor-needed");
      }
      const acting = actingOf(c, found.home.database, member);
      return answerSignedIn(c, await beginSignIn(c, found.home, acting, { way: "password", passwordHash }));
    },
  )
  .post(
    "/v1/sign-in/second-factor",
    describe({
      summary: "Sign in as staff, the second step: a code of the app, or a recovery code",
      tag,
      answers: { 200: meSchema },
      problems: ["bad-request", "not-signed-in", "wrong-code", "too-many-tries", "proof-needed", "not-allowed"],
    }),
    jsonBody(secondStepSchema),
    async (c) => {
      const step = await secondStepOf(c);
      if (step === null) return problem(c, "not-signed-in");
      const { home, tenantId, memberId, passwordHash } = step;
      const member = await memberReader(home.database, tenantId).byId(memberId);
      if (member === null) return problem(c, "not-signed-in");
      const acting = actingOf(c, home.database, member);
      const proof = await proveSecondFactor(c, home, acting, c.req.valid("json").code);
      if (!proof.ok) {
        if (proof.hasGuessed) enterRefusedSignIn(c, step, "second-factor-refused");
        return proof.response;
      }
      clearSecondStepCookie(c);
      return answerSignedIn(c, await beginSignIn(c, home, acting, { way: proof.by, passwordHash }));
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
  .get(
    "/v1/me",
    describe({ summary: "Who is signed in", tag, answers: { 200: meSchema }, problems: ["not-signed-in"] }),
    requireMemberOrKey,
    (c) => c.json(c.var.member),
  );

/** Null: it did not begin, since what was shown was changed meanwhile, or was ended as it began. */
function answerSignedIn(c: Context, { me }: { readonly me: Me | null }) {
  return me === null ? problem(c, "not-signed-in") : c.json(me);
}
