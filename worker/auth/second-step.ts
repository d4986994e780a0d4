import * as v from "valibot";
import { secondStepMs } from "#domain/access/second-factor.ts";
import type { MemberId, TenantId } from "#domain/exam/ids.ts";
import { idField } from "#protocol/http/field.ts";
import type { AppContext } from "../app-env.ts";
import { passwordHashOf } from "../database/password-writer.ts";
import { type Home, homeOf } from "../home.ts";
import { sha256Hex } from "../sha256-hex.ts";
import { readSecondStepCookie, setSecondStepCookie } from "./cookie.ts";
import { openToken, sealToken, type TokenKind } from "./sealed-token.ts";

/**
 * That this browser has just shown the right password, and still has to show the second factor. It opens nothing else.
 * `passwordMark` is of the hash that the password was checked with: a password that is changed takes it back.
 */
type SecondStepClaims = {
  readonly tenantId: TenantId;
  readonly memberId: MemberId;
  readonly passwordMark: string;
};

const secondStepToken: TokenKind<SecondStepClaims> = {
  purpose: "second-factor",
  claims: v.object({
    tenantId: idField<TenantId>(),
    memberId: idField<MemberId>(),
    passwordMark: v.string(),
  }),
};

export async function passwordMarkOf(passwordHash: string): Promise<string> {
  return (await sha256Hex(new TextEncoder().encode(passwordHash))).slice(0, 16);
}

/** Gives this browser the token for the second step. The caller has checked the password. */
export async function askForSecondFactor(c: AppContext, claims: SecondStepClaims): Promise<void> {
  setSecondStepCookie(
    c,
    await sealToken(c.var.settings, secondStepToken, claims, Date.now() + secondStepMs),
    secondStepMs,
  );
}

type SecondStep = SecondStepClaims & { readonly passwordHash: string; readonly home: Home };

/** Who has shown the right password in this browser just now, and it is their password still; else null. [G40] */
export async function secondStepOf(c: AppContext): Promise<SecondStep | null> {
  const token = readSecondStepCookie(c);
  const claims = token === null ? null : await openToken(c.var.settings, secondStepToken, token);
  if (claims === null) return null;
  const home = await homeOf(c.env, claims.tenantId);
  const passwordHash = await passwordHashOf(home.database, claims);
  if (passwordHash === null || (await passwordMarkOf(passwordHash)) !== claims.passwordMark) return null;
  return { ...claims, passwordHash, home };
}
