import { Hono } from "hono";
import * as v from "valibot";
import type { PasskeyId } from "#domain/exam/ids.ts";
import { idField } from "#protocol/http/field.ts";
import {
  addPasskeySchema,
  passkeyCreationSchema,
  passkeyListSchema,
  passkeyRequestSchema,
  shownPasskeySchema,
} from "#protocol/http/passkey.ts";
import { ownFactorsSchema } from "#protocol/http/second-factor.ts";
import { meSchema } from "#protocol/http/sign-in.ts";
import type { AppEnv } from "../app-env.ts";
import { actingOf } from "../audit/acting.ts";
import { enterRefusedSignIn } from "../audit/enter-refused-sign-in.ts";
import {
  giveChallenge,
  passkeyAlgorithms,
  passkeyMs,
  placeOf,
  takeChallenge,
  userHandleOf,
  verifyCreated,
  verifyShown,
} from "../auth/passkey.ts";
import { unprovenProblems, whyNotProvenBy } from "../auth/prove-factors.ts";
import { requireMember, requireMemberSettingUp } from "../auth/require-member.ts";
import { requirePace } from "../auth/require-pace.ts";
import { beginSignIn, endOtherSignIns } from "../auth/sign-in-session.ts";
import { memberReader } from "../database/member-reader.ts";
import { passkeyReader } from "../database/passkey-reader.ts";
import { passkeyWriter } from "../database/passkey-writer.ts";
import { passkeyByCredential } from "../database/tenantless-lookup.ts";
import { describe } from "../describe.ts";
import { newId } from "../new-id.ts";
import { problem } from "../problem.ts";
import { jsonBody, pathIds } from "../validate.ts";

const tag = "Staff";
const mostPasskeys = 20;

/** Passkeys: signing in by one, and those that a member has. */
export const passkeyRoutes = new Hono<AppEnv>()
  .post(
    "/v1/sign-in/passkey/options",
    describe({
      summary: "Begin to sign in with a passkey",
      tag,
      answers: { 200: passkeyRequestSchema },
      problems: ["not-allowed"],
    }),
    requirePace("passkey"),
    async (c) => {
      const challenge = await giveChallenge(c, null);
      return c.json({ challenge, rpId: placeOf(c).rpId, timeout: passkeyMs, userVerification: "required" as const });
    },
  )
  .post(
    "/v1/sign-in/passkey",
    describe({
      summary: "Sign in as staff with a passkey, which is both factors in one",
      tag,
      answers: { 200: meSchema },
      problems: ["bad-request", "passkey-refused", "not-allowed"],
    }),
    requirePace("passkey"),
    jsonBody(shownPasskeySchema),
    async (c) => {
      const shown = c.req.valid("json");
      const challenge = await takeChallenge(c, null);
      if (challenge === null) return problem(c, "passkey-refused");
      const kept = await passkeyByCredential(c.env, shown.id, shown.response.userHandle);
      if (kept === null) return problem(c, "passkey-refused");
      const { home, tenantId, memberId } = kept;
      const member = await memberReader(home.database, tenantId).byId(memberId);
      if (member === null) return problem(c, "passkey-refused");
      const acting = actingOf(c, home.database, member);
      const counter = await verifyShown(c, challenge, shown, kept);
      const isTaken =
        counter !== null &&
        (await passkeyWriter(home.database, acting).use(kept.passkeyId, counter, challenge.issuedAt, Date.now()));
      if (!isTaken) {
        enterRefusedSignIn(c, kept, "passkey-refused");
        return problem(c, "passkey-refused");
      }
      const { me } = await beginSignIn(c, home, acting, { way: "passkey", passkeyId: kept.passkeyId });
      return me === null ? problem(c, "passkey-refused") : c.json(me);
    },
  )
  .get(
    "/v1/sign-in/passkeys",
    describe({ summary: "My passkeys", tag, answers: { 200: passkeyListSchema }, problems: ["not-signed-in"] }),
    requireMemberSettingUp,
    async (c) => {
      const { home, member } = c.var;
      const kept = await passkeyReader(home.database, member.tenantId).ofMember(member.memberId);
      return c.json({
        passkeys: kept.map(({ passkeyId, name, addedAt, lastUsedAt }) => ({ passkeyId, name, addedAt, lastUsedAt })),
      });
    },
  )
  .post(
    "/v1/sign-in/passkeys/options",
    describe({
      summary: "Begin to add a passkey: with the password, and with a code where I have an authenticator app",
      tag,
      answers: { 200: passkeyCreationSchema },
      problems: ["bad-request", "not-signed-in", ...unprovenProblems, "not-allowed", "refused"],
    }),
    requireMemberSettingUp,
    jsonBody(ownFactorsSchema),
    async (c) => {
      const { home, member } = c.var;
      const kept = await passkeyReader(home.database, member.tenantId).ofMember(member.memberId);
      if (kept.length >= mostPasskeys) return problem(c, "refused");
      const refusal = await whyNotProvenBy(c, c.req.valid("json"));
      if (refusal !== null) return refusal;
      const user = userHandleOf(member);
      return c.json({
        challenge: await giveChallenge(c, user),
        rp: { id: placeOf(c).rpId, name: "Invigil" },
        user: { id: user, name: member.email, displayName: member.name },
        pubKeyCredParams: passkeyAlgorithms.map((alg) => ({ type: "public-key" as const, alg })),
        timeout: passkeyMs,
        excludeCredentials: kept.map(({ credentialId }) => ({ type: "public-key" as const, id: credentialId })),
        authenticatorSelection: {
          residentKey: "required" as const,
          requireResidentKey: true as const,
          userVerification: "required" as const,
        },
        attestation: "none" as const,
      });
    },
  )
  .post(
    "/v1/sign-in/passkeys",
    describe({
      summary: "Add the passkey that my device made",
      tag,
      answers: { 204: null },
      problems: ["bad-request", "not-signed-in", "not-allowed", "passkey-refused"],
    }),
    requireMemberSettingUp,
    jsonBody(addPasskeySchema),
    async (c) => {
      const { acting, home, member } = c.var;
      const { name, passkey } = c.req.valid("json");
      const userHandle = userHandleOf(member);
      const challenge = await takeChallenge(c, userHandle);
      const created = challenge === null ? null : await verifyCreated(c, challenge, passkey);
      if (created === null) return problem(c, "passkey-refused");
      const added = { ...created, id: newId<PasskeyId>(), userHandle, name, createdAt: Date.now() };
      const isAdded = await passkeyWriter(home.database, acting).add(added, c.var.signInId);
      return isAdded ? c.body(null, 204) : problem(c, "passkey-refused");
    },
  )
  .post(
    "/v1/sign-in/passkeys/:passkeyId/removal",
    describe({
      summary: "Remove a passkey of mine, as it was added; everywhere else I am signed out",
      tag,
      answers: { 204: null },
      problems: ["bad-request", "not-signed-in", ...unprovenProblems, "not-allowed", "not-found"],
    }),
    requireMember,
    pathIds(v.object({ passkeyId: idField<PasskeyId>() })),
    jsonBody(ownFactorsSchema),
    async (c) => {
      const { acting, home } = c.var;
      const refusal = await whyNotProvenBy(c, c.req.valid("json"));
      if (refusal !== null) return refusal;
      const isRemoved = await passkeyWriter(home.database, acting).remove(c.req.valid("param").passkeyId);
      if (!isRemoved) return problem(c, "not-found");
      await endOtherSignIns(c);
      return c.body(null, 204);
    },
  );
