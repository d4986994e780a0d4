import { readCode, type TypedCode } from "#domain/access/second-factor.ts";
import type { AppContext } from "../app-env.ts";
import type { Acting } from "../audit/acting.ts";
import { secondFactorReader } from "../database/second-factor-reader.ts";
import { secondFactorWriter } from "../database/second-factor-writer.ts";
import type { Settings } from "../env.ts";
import type { Home } from "../home.ts";
import { problem } from "../problem.ts";
import { tooManyTries } from "../too-many-tries.ts";
import { stepOfAppCode } from "./app-code.ts";
import { guardSecondFactor } from "./guard-sign-in.ts";
import { openSecret, recoveryMark } from "../stored-secret.ts";

/** `hasGuessed`: a code was looked at, and was not right. */
type FactorProof =
  | { readonly ok: true; readonly by: "app-code" | "recovery-code" }
  | { readonly ok: false; readonly response: Response; readonly hasGuessed: boolean };

/**
 * Whether what was typed is a code of the member's app, or one of their recovery codes, and uses it up. Each try is counted
 * before it is looked at. [G42] [G43] [G44]
 */
export async function proveSecondFactor(
  c: AppContext,
  home: Home,
  acting: Acting,
  typed: string,
): Promise<FactorProof> {
  const { verdict, proven } = await guardSecondFactor(c, { env: c.env, settings: c.var.settings }, acting);
  if (verdict.kind === "wait") return { ok: false, response: tooManyTries(c, verdict.until), hasGuessed: false };
  if (verdict.kind === "closed") return { ok: false, response: problem(c, "proof-needed"), hasGuessed: false };
  const code = readCode(typed);
  const isRight = code !== null && (await useUp(c.var.settings, home, acting, code));
  if (!isRight) return { ok: false, response: problem(c, "wrong-code"), hasGuessed: true };
  await proven();
  return { ok: true, by: code.kind === "app" ? "app-code" : "recovery-code" };
}

async function useUp(settings: Settings, { database }: Home, acting: Acting, code: TypedCode): Promise<boolean> {
  const { tenantId, memberId } = acting;
  const writer = secondFactorWriter(database, acting);
  if (code.kind === "recovery") {
    return writer.useRecoveryCode(await recoveryMark(settings, acting, code.characters), Date.now());
  }
  const stored = await secondFactorReader(database, tenantId).authenticatorOf(memberId);
  if (stored === null || stored.confirmedAt === null) return false;
  const secret = await openSecret(settings, tenantId, stored.secret, appSecretOf(acting));
  const step = stepOfAppCode(secret, code.digits, stored.lastStep, Date.now());
  return step !== null && writer.useStep(step);
}

/** What a member's app secret is bound to. */
export function appSecretOf({ memberId }: Pick<Acting, "memberId">): string {
  return `authenticator ${memberId}`;
}
