import { type Context, Hono } from "hono";
import * as v from "valibot";
import { beyondOwn } from "#domain/access/give.ts";
import { permissions } from "#domain/access/permission.ts";
import type { TenantId } from "#domain/exam/ids.ts";
import { idField } from "#protocol/http/field.ts";
import {
  beginSingleSignOnSchema,
  providerSchema,
  singleSignOnAddressSchema,
  type SingleSignOnProblem,
  singleSignOnSchema,
} from "#protocol/http/single-sign-on.ts";
import type { AppContext, AppEnv, MemberEnv } from "../app-env.ts";
import { actingOf } from "../audit/acting.ts";
import { clearStaffCookies, clearWayCookie, readWayCookie, setWayCookie } from "../auth/cookie.ts";
import { authorizationOf, discover, identityOf, isProviderAddress, type Secrets } from "../auth/provider.ts";
import { requirePermission, requirePerson } from "../auth/require-member.ts";
import { requirePace, waitAt } from "../auth/require-pace.ts";
import { openToken, sealToken, type TokenKind } from "../auth/sealed-token.ts";
import { beginSignIn, closeConsolesOf, endSignIns } from "../auth/sign-in-session.ts";
import { openSecret, sealSecret } from "../stored-secret.ts";
import { factorRuleReader } from "../database/factor-rule-reader.ts";
import { memberReader } from "../database/member-reader.ts";
import { singleSignOnReader, type StoredProvider } from "../database/single-sign-on-reader.ts";
import { providerState } from "../database/seen-state.ts";
import { singleSignOnWriter } from "../database/single-sign-on-writer.ts";
import { describe } from "../describe.ts";
import { readTagged, seenBy, tagReplaced, takesIfMatch } from "../etag.ts";
import { type Home, homeOf } from "../home.ts";
import { log } from "../log.ts";
import { moreThanOwn } from "../more-than-own.ts";
import { problem } from "../problem.ts";
import { jsonBody } from "../validate.ts";

const tag = "Staff";
const callbackPath = "/v1/sign-in/single-sign-on/callback";
const wayMs = 10 * 60_000;
const secretName = "single sign-on client";

/** A browser's way to the provider of one institution and back. */
type Way = Secrets & { readonly tenantId: TenantId };

const wayToken: TokenKind<Way> = {
  purpose: "single-sign-on",
  claims: v.object({ tenantId: idField<TenantId>(), state: v.string(), nonce: v.string(), verifier: v.string() }),
};

export const singleSignOnRoutes = new Hono<AppEnv>()
  .post(
    "/v1/sign-in/single-sign-on",
    describe({
      summary: "Begin to sign in with the institution's own provider: where the browser goes",
      tag,
      answers: { 200: singleSignOnAddressSchema },
      problems: ["bad-request", "not-allowed", "no-provider"],
    }),
    requirePace("single-sign-on"),
    jsonBody(beginSingleSignOnSchema),
    async (c) => {
      const { institution: tenantId } = c.req.valid("json");
      const home = await homeOf(c.env, tenantId);
      const provider = await singleSignOnReader(home.database, tenantId).provider();
      if (provider === null) return problem(c, "no-provider");
      try {
        const server = await discover(provider, new URL(c.req.url));
        const { address, secrets } = await authorizationOf(server, provider, callbackOf(c));
        const token = await sealToken(c.var.settings, wayToken, { tenantId, ...secrets }, Date.now() + wayMs);
        setWayCookie(c, token, wayMs);
        return c.json({ address });
      } catch (error) {
        // It cannot be reached, or does not answer as a provider does.
        logFailure(c, tenantId, error);
        return problem(c, "no-provider");
      }
    },
  )
  .get(
    callbackPath,
    describe({
      summary: "Where the institution's provider sends the browser back to; goes on to the sign-in page",
      tag,
      answers: { 303: null },
    }),
    async (c) => {
      const cookie = readWayCookie(c);
      clearWayCookie(c);
      const way = cookie === null ? null : await openToken(c.var.settings, wayToken, cookie);
      const fault = way === null ? "sso-failed" : await comeBack(c, way);
      return c.redirect(fault === null ? "/sign-in" : `/sign-in?problem=${fault}`, 303);
    },
  )
  .get(
    "/v1/single-sign-on",
    describe({
      summary: "Which provider the institution's members can sign in with",
      tag,
      hasEtag: true,
      answers: { 200: singleSignOnSchema },
      problems: ["not-signed-in", "not-allowed"],
    }),
    requirePermission("manage-sign-in"),
    requirePerson,
    async (c) => {
      const { tenantId } = c.var.member;
      const { database } = c.var.home;
      const reader = singleSignOnReader(database, tenantId);
      const stored = await readTagged(c, database, providerState(tenantId), () => reader.provider());
      const provider =
        stored === null ? null : { issuer: stored.issuer, clientId: stored.clientId, emailDomain: stored.emailDomain };
      return c.json({ institution: tenantId, callback: callbackOf(c), provider });
    },
  )
  .put(
    "/v1/single-sign-on",
    describe({
      summary:
        "Set the provider that members can sign in with; it is asked at once whether it is one, and sign-ins by another end",
      tag,
      hasEtag: true,
      answers: { 204: null },
      problems: ["bad-request", "not-signed-in", "not-allowed", "more-than-own", "no-provider", "sign-in-otherwise"],
    }),
    requirePermission("manage-sign-in"),
    requirePerson,
    takesIfMatch,
    jsonBody(providerSchema),
    async (c) => {
      const { tenantId } = c.var.member;
      const given = c.req.valid("json");
      const own = new URL(c.req.url);
      if (!isProviderAddress(given.issuer, own)) return problem(c, "no-provider");
      const before = await singleSignOnReader(c.var.home.database, tenantId).provider();
      const isOther = before === null || !isSameProvider(before, given);
      if (isOther && (await isBySingleSignOn(c))) return problem(c, "sign-in-otherwise");
      // Whom it vouches for is whoever it likes: that is a way in to all that any member may do. [G106]
      const refusal = isOther ? moreThanOwn(c, beyondOwn(c.var.member.permissions, permissions)) : null;
      if (refusal !== null) return refusal;
      try {
        await discover(given, own);
      } catch (error) {
        // It cannot be reached, or does not answer as a provider does.
        logFailure(c, tenantId, error);
        return problem(c, "no-provider");
      }
      const { database } = c.var.home;
      const state = providerState(tenantId);
      const replaced = await seenBy(c, database, state);
      if (replaced === "changed-meanwhile") return problem(c, replaced);
      const clientSecret = await sealSecret(c.var.settings, tenantId, given.clientSecret, secretName);
      const writer = singleSignOnWriter(database, c.var.acting);
      const outcome = await writer.set({ ...given, clientSecret }, Date.now(), replaced);
      if (outcome === "changed-meanwhile") return problem(c, outcome);
      await tagReplaced(c, outcome);
      await closeConsolesOf(c.env, c.var.home, tenantId, outcome.ended);
      return c.body(null, 204);
    },
  )
  .delete(
    "/v1/single-sign-on",
    describe({
      summary: "Members sign in with no provider any more, and sign-ins by it end",
      tag,
      answers: { 204: null },
      problems: ["not-signed-in", "not-allowed", "conflict", "sign-in-otherwise"],
    }),
    requirePermission("manage-sign-in"),
    requirePerson,
    async (c) => {
      if (await isBySingleSignOn(c)) return problem(c, "sign-in-otherwise");
      const ended = await singleSignOnWriter(c.var.home.database, c.var.acting).remove(Date.now());
      if (ended === null) return problem(c, "conflict");
      await closeConsolesOf(c.env, c.var.home, c.var.member.tenantId, ended);
      return c.body(null, 204);
    },
  );

/** Only a browser that went there is counted: any other asks nothing of anybody, and holds nobody up. [G107] */
async function comeBack(c: Context<AppEnv>, way: Way): Promise<SingleSignOnProblem | null> {
  return (await waitAt(c, "single-sign-on")) === null ? signInBy(c, way) : "sso-too-often";
}

/** Signs in whom the provider vouches for. Never makes a member. [G62] [G63] */
async function signInBy(c: Context<AppEnv>, way: Way): Promise<SingleSignOnProblem | null> {
  const { tenantId } = way;
  const home = await homeOf(c.env, tenantId);
  const provider = await singleSignOnReader(home.database, tenantId).provider();
  if (provider === null) return "sso-failed";
  const clientSecret = await openSecret(c.var.settings, tenantId, provider.clientSecret, secretName);
  try {
    const identity = await identityOf({ ...provider, clientSecret }, way, new URL(c.req.url), callbackOf(c));
    if (identity === "refused") return "sso-refused";
    return await signInSubject(c, home, tenantId, provider, identity);
  } catch (error) {
    // A provider that cannot be reached, or an answer that is not as it was agreed.
    logFailure(c, tenantId, error);
    return "sso-failed";
  }
}

async function signInSubject(
  c: Context<AppEnv>,
  home: Home,
  tenantId: TenantId,
  provider: Identified,
  { subject, email }: { readonly subject: string; readonly email: string | null },
): Promise<SingleSignOnProblem | null> {
  const { issuer, emailDomain } = provider;
  const reader = singleSignOnReader(home.database, tenantId);
  const linked = await reader.memberBySubject(issuer, subject);
  const isOurs = email !== null && email.endsWith(`@${emailDomain}`);
  const memberId = linked ?? (isOurs ? await reader.memberByEmail(email) : null);
  const member = memberId === null ? null : await memberReader(home.database, tenantId).byId(memberId);
  if (member === null) return "sso-no-member";
  const acting = actingOf(c, home.database, member);
  if (linked === null) {
    const isLinked = await singleSignOnWriter(home.database, acting).link(issuer, subject, Date.now());
    if (!isLinked) return "sso-no-member";
  }
  const { me, signInId } = await beginSignIn(c, home, acting, { way: "single-sign-on" });
  const now = await reader.provider();
  if (me !== null && now !== null && isSameProvider(now, provider)) return null;
  // It was changed while this browser was there: what ended the sign-ins by it may have come before this one was made.
  await endSignIns(c.env, home, acting, [signInId], { kind: "sign-in-ended", on: null });
  clearStaffCookies(c);
  return "sso-failed";
}

type Identified = Pick<StoredProvider, "issuer" | "clientId" | "emailDomain">;

/** Whether it vouches for the same people: a new secret is no other provider. */
function isSameProvider(one: Identified, other: Identified): boolean {
  return one.issuer === other.issuer && one.clientId === other.clientId && one.emailDomain === other.emailDomain;
}

/** Whether who asks signed in by the provider: changing it would end the very sign-in. [G98] */
async function isBySingleSignOn(c: Context<MemberEnv>): Promise<boolean> {
  const { home, member, signInId } = c.var;
  if (signInId === null) return false;
  const shown = await factorRuleReader(home.database, member.tenantId).shownIn(signInId);
  return shown?.way === "single-sign-on";
}

function callbackOf(c: Context): string {
  return new URL(callbackPath, c.req.url).href;
}

function logFailure(c: AppContext, tenantId: TenantId, error: unknown): void {
  const reason = error instanceof Error ? error.name : "none";
  log({ event: "single-sign-on-failed", requestId: c.var.requestId, tenantId, error: reason });
}
