import { Hono } from "hono";
import * as v from "valibot";
import { beyondOwn } from "#domain/access/give.ts";
import { newRecoveryCode, readCode, recoveryCodeCount } from "#domain/access/second-factor.ts";
import type { MemberId } from "#domain/exam/ids.ts";
import { idField } from "#protocol/http/field.ts";
import {
  authenticatorSchema,
  beginAuthenticatorSchema,
  confirmAuthenticatorSchema,
  newAuthenticatorSchema,
  ownFactorsSchema,
  recoveryCodesSchema,
} from "#protocol/http/second-factor.ts";
import type { AppEnv } from "../app-env.ts";
import type { Acting } from "../audit/acting.ts";
import { appAddress, newAppSecret, stepOfAppCode } from "../auth/app-code.ts";
import { guardSecondFactor } from "../auth/guard-sign-in.ts";
import { unprovenProblems, whyNotProvenBy } from "../auth/prove-factors.ts";
import { provePassword } from "../auth/prove-password.ts";
import { appSecretOf } from "../auth/prove-second-factor.ts";
import { requireMember, requireMemberSettingUp, requirePermission } from "../auth/require-member.ts";
import { closeConsoles, endOtherSignIns } from "../auth/sign-in-session.ts";
import { openSecret, recoveryMark, sealSecret } from "../stored-secret.ts";
import { memberReader } from "../database/member-reader.ts";
import { secondFactorReader } from "../database/second-factor-reader.ts";
import { removeAuthenticator, removeFactorsOf, secondFactorWriter } from "../database/second-factor-writer.ts";
import { describe } from "../describe.ts";
import type { Settings } from "../env.ts";
import { moreThanOwn } from "../more-than-own.ts";
import { problem } from "../problem.ts";
import { tooManyTries } from "../too-many-tries.ts";
import { jsonBody, pathIds } from "../validate.ts";

const tag = "Staff";
const guarded = ["wrong-credentials", "too-many-tries", "proof-needed"] as const;
const always = ["bad-request", "not-signed-in", "not-allowed", "conflict"] as const;

/** The authenticator app of a member: set up, turned off, and the codes for the day on which it is not at hand. */
export const secondFactorRoutes = new Hono<AppEnv>()
  .get(
    "/v1/sign-in/authenticator",
    describe({
      summary: "Whether I sign in with an authenticator app",
      tag,
      answers: { 200: authenticatorSchema },
      problems: ["not-signed-in"],
    }),
    requireMemberSettingUp,
    async (c) => {
      const { tenantId, memberId } = c.var.member;
      const reader = secondFactorReader(c.var.home.database, tenantId);
      const [stored, recoveryCodesLeft] = await Promise.all([
        reader.authenticatorOf(memberId),
        reader.recoveryCodesLeft(memberId),
      ]);
      return c.json({ setAt: stored?.confirmedAt ?? null, recoveryCodesLeft });
    },
  )
  .post(
    "/v1/sign-in/authenticator",
    describe({
      summary: "Begin to set an authenticator app up: it counts when a code of it is shown",
      tag,
      answers: { 200: newAuthenticatorSchema },
      problems: [...always, ...guarded],
    }),
    requireMemberSettingUp,
    jsonBody(beginAuthenticatorSchema),
    async (c) => {
      const { acting, member } = c.var;
      const proof = await provePassword(c, c.req.valid("json").password);
      if (!proof.ok) return proof.response;
      const secret = newAppSecret();
      const sealed = await sealSecret(c.var.settings, member.tenantId, secret, appSecretOf(member));
      const hasBegun = await secondFactorWriter(c.var.home.database, acting).begin(sealed, Date.now());
      return hasBegun ? c.json({ secret, address: appAddress(secret, member.email) }) : problem(c, "conflict");
    },
  )
  .put(
    "/v1/sign-in/authenticator",
    describe({
      summary: "Show the first code of the app: from then on it is asked for, and everywhere else I am signed out",
      tag,
      answers: { 200: recoveryCodesSchema },
      problems: [...always, "wrong-code", "too-many-tries", "proof-needed"],
    }),
    requireMemberSettingUp,
    jsonBody(confirmAuthenticatorSchema),
    async (c) => {
      const { acting, member, settings } = c.var;
      const stored = await secondFactorReader(c.var.home.database, member.tenantId).authenticatorOf(member.memberId);
      if (stored === null || stored.confirmedAt !== null) return problem(c, "conflict");
      const secret = await openSecret(settings, member.tenantId, stored.secret, appSecretOf(member));
      const code = readCode(c.req.valid("json").code);
      const now = Date.now();
      const { verdict, proven } = await guardSecondFactor(c, { env: c.env, settings }, acting);
      if (verdict.kind === "wait") return tooManyTries(c, verdict.until);
      if (verdict.kind === "closed") return problem(c, "proof-needed");
      const step = code?.kind === "app" ? stepOfAppCode(secret, code.digits, null, now) : null;
      if (step === null) return problem(c, "wrong-code");
      await proven();
      const { shown, marks } = await newCodes(settings, acting);
      const confirmed = { secret: stored.secret, step, marks, now, signInId: c.var.signInId };
      const isSet = await secondFactorWriter(c.var.home.database, acting).confirm(confirmed);
      if (!isSet) return problem(c, "conflict");
      await endOtherSignIns(c);
      return c.json({ recoveryCodes: shown });
    },
  )
  .post(
    "/v1/sign-in/authenticator/removal",
    describe({
      summary: "Sign in without the app from now on; everywhere else I am signed out",
      tag,
      answers: { 204: null },
      problems: [...always, ...unprovenProblems],
    }),
    requireMember,
    jsonBody(ownFactorsSchema),
    async (c) => {
      const { acting } = c.var;
      if (!(await hasApp(c.var.home.database, acting))) return problem(c, "conflict");
      const refusal = await whyNotProvenBy(c, c.req.valid("json"));
      if (refusal !== null) return refusal;
      await removeAuthenticator(c.var.home.database, acting);
      await endOtherSignIns(c);
      return c.body(null, 204);
    },
  )
  .post(
    "/v1/sign-in/authenticator/recovery-codes",
    describe({
      summary: "Get new recovery codes; those from before are good no more",
      tag,
      answers: { 200: recoveryCodesSchema },
      problems: [...always, ...unprovenProblems],
    }),
    requireMember,
    jsonBody(ownFactorsSchema),
    async (c) => {
      const { acting, settings } = c.var;
      if (!(await hasApp(c.var.home.database, acting))) return problem(c, "conflict");
      const refusal = await whyNotProvenBy(c, c.req.valid("json"));
      if (refusal !== null) return refusal;
      const { shown, marks } = await newCodes(settings, acting);
      await secondFactorWriter(c.var.home.database, acting).replaceRecoveryCodes(marks);
      return c.json({ recoveryCodes: shown });
    },
  )
  .delete(
    "/v1/members/:memberId/second-factor",
    describe({
      summary:
        "Take app, recovery codes and passkeys from a colleague who lost them, and sign them out: the password alone signs in then",
      tag,
      answers: { 204: null },
      problems: ["not-signed-in", "not-allowed", "more-than-own", "not-found"],
    }),
    requirePermission("manage-members"),
    pathIds(v.object({ memberId: idField<MemberId>() })),
    async (c) => {
      const { memberId } = c.req.valid("param");
      const colleague = await memberReader(c.var.home.database, c.var.member.tenantId).byId(memberId);
      if (colleague === null) return problem(c, "not-found");
      // With a link it is a way in to all that the colleague may do. [G106]
      const refusal = moreThanOwn(c, beyondOwn(c.var.member.permissions, colleague.permissions));
      if (refusal !== null) return refusal;
      const { acting, home } = c.var;
      const ended = await removeFactorsOf(home.database, acting, memberId, Date.now());
      await closeConsoles(c.env, home.database, colleague, ended);
      return c.body(null, 204);
    },
  );

async function hasApp(database: D1Database, { tenantId, memberId }: Acting): Promise<boolean> {
  const stored = await secondFactorReader(database, tenantId).authenticatorOf(memberId);
  return stored !== null && stored.confirmedAt !== null;
}

async function newCodes(settings: Settings, acting: Acting) {
  const random = (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes));
  const shown = Array.from({ length: recoveryCodeCount }, () => newRecoveryCode(random));
  const marks = await Promise.all(shown.map((code) => recoveryMark(settings, acting, code.replaceAll("-", ""))));
  return { shown, marks };
}
