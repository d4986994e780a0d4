import type { Context } from "hono";
import type { MemberEnv } from "../app-env.ts";
import { memberByEmail } from "../database/tenantless-lookup.ts";
import { problem } from "../problem.ts";
import { tooManyTries } from "../too-many-tries.ts";
import { guardSignIn } from "./guard-sign-in.ts";
import { verifyPassword } from "./password.ts";

/** The hash that the password was right for, or the answer that says why not. */
export type PasswordProof =
  | { readonly ok: true; readonly passwordHash: string }
  | { readonly ok: false; readonly response: Response };

/**
 * Whether the member who asks also knows their password: whoever stands at a console that was left open does not, and
 * guesses no faster here than at the sign-in. [G33]
 */
export async function provePassword(c: Context<MemberEnv>, password: string): Promise<PasswordProof> {
  const known = await memberByEmail(c.env, c.var.member.email);
  if (known?.memberId !== c.var.member.memberId) return { ok: false, response: problem(c, "not-signed-in") };
  const { verdict, proven } = await guardSignIn(c, { env: c.env, settings: c.var.settings }, c.var.member.email, known);
  if (verdict.kind === "wait") return { ok: false, response: tooManyTries(c, verdict.until) };
  if (verdict.kind === "closed") return { ok: false, response: problem(c, "proof-needed") };
  const isRight = await verifyPassword(password, known.passwordHash);
  if (!isRight || known.passwordHash === null) return { ok: false, response: problem(c, "wrong-credentials") };
  await proven();
  return { ok: true, passwordHash: known.passwordHash };
}
