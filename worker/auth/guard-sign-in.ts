import type { Context } from "hono";
import type { TrySource, TryVerdict } from "#domain/access/account-tries.ts";
import type { MemberId, TenantId } from "#domain/exam/ids.ts";
import type { SignInGuardRpc } from "#protocol/sign-in-guard.ts";
import type { Env, Settings } from "../env.ts";
import { addressOf } from "./address-of.ts";
import { readKnownBrowserCookie, setKnownBrowserCookie } from "./cookie.ts";
import { guardOf } from "./guard-of.ts";
import { knownBrowserMs, knownBrowserToken } from "./known-browser.ts";
import { randomToken } from "./random-token.ts";
import { openToken, sealToken } from "./sealed-token.ts";

type Account = { readonly tenantId: TenantId; readonly memberId: MemberId };

/** Where guards are asked and cookies opened. */
type Place = { readonly env: Pick<Env, "SIGN_IN_GUARDS">; readonly settings: Settings };

/** A try to sign in that has been counted as a failure. `proven` takes that back. */
export type GuardedTry = { readonly verdict: TryVerdict; readonly proven: () => Promise<void> };

/**
 * Asks whether a password may be looked at. `email` in lower case; `account` is null where there is none, which changes
 * nothing of what is asked and counted. [G6]
 */
export function guardSignIn(c: Context, place: Place, email: string, account: Account | null): Promise<GuardedTry> {
  return guardTry(c, place, `account ${email}`, account);
}

/**
 * Asks whether a code of the second factor may be looked at. Codes are counted apart from passwords: whoever has the
 * password would otherwise end the count with it between any two guesses. [G43]
 */
export function guardSecondFactor(c: Context, place: Place, account: Account): Promise<GuardedTry> {
  return guardTry(c, place, secondFactorOf(account), account);
}

async function guardTry(c: Context, place: Place, name: string, account: Account | null): Promise<GuardedTry> {
  const source = await sourceOf(c, place.settings, account);
  const atAccount = await guardOf(place, name);
  const atAddress = source.kind === "stranger" ? await guardOf(place, `address ${source.address}`) : null;
  return {
    verdict: await verdictOf(source, atAccount, atAddress),
    async proven() {
      await Promise.all([atAccount.accountProven(source), atAddress?.addressTakenBack()]);
    },
  };
}

/** Opens an account again for which too many passwords or codes were tried. The caller has checked who says so. [G10] */
export async function openAgain(c: { readonly env: Env }, email: string, account: Account): Promise<void> {
  const guards = await Promise.all([guardOf(c, `account ${email}`), guardOf(c, secondFactorOf(account))]);
  await Promise.all(guards.map((guard) => guard.forget()));
}

function secondFactorOf({ tenantId, memberId }: Account): string {
  return `second factor ${tenantId} ${memberId}`;
}

async function verdictOf(
  source: TrySource,
  atAccount: SignInGuardRpc,
  atAddress: SignInGuardRpc | null,
): Promise<TryVerdict> {
  const fromAddress = await atAddress?.tryAddress();
  if (fromAddress !== undefined && fromAddress.kind !== "go") return fromAddress;
  const verdict = await atAccount.tryAccount(source);
  if (verdict.kind !== "go") await atAddress?.addressTakenBack();
  return verdict;
}

async function sourceOf(c: Context, settings: Settings, account: Account | null): Promise<TrySource> {
  const token = readKnownBrowserCookie(c);
  const claims = token === null ? null : await openToken(settings, knownBrowserToken, token);
  if (claims !== null && claims.tenantId === account?.tenantId && claims.memberId === account.memberId) {
    return { kind: "known-browser", browser: claims.browser };
  }
  return { kind: "stranger", address: addressOf(c) };
}

/** Makes the browser a known one of this account. The caller has signed the member in there. [G9] */
export async function rememberBrowser(c: Context, settings: Settings, { tenantId, memberId }: Account): Promise<void> {
  const claims = { tenantId, memberId, browser: randomToken(16) };
  const token = await sealToken(settings, knownBrowserToken, claims, Date.now() + knownBrowserMs);
  setKnownBrowserCookie(c, token, knownBrowserMs);
}
