import type { SignInGuardRpc } from "#protocol/sign-in-guard.ts";
import type { Env } from "../env.ts";
import { sha256Hex } from "../sha256-hex.ts";

/** The cast is where the two sides of the RPC meet, as in ../exam-sessions.ts. The name is a hash: ids are logged. */
export async function guardOf(c: { readonly env: Pick<Env, "SIGN_IN_GUARDS"> }, name: string): Promise<SignInGuardRpc> {
  const { SIGN_IN_GUARDS } = c.env;
  const hashed = await sha256Hex(new TextEncoder().encode(name));
  return SIGN_IN_GUARDS.get(SIGN_IN_GUARDS.idFromName(hashed)) as DurableObjectStub & SignInGuardRpc;
}
