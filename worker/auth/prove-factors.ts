import type { Context } from "hono";
import type { OwnFactors } from "#protocol/http/second-factor.ts";
import type { MemberEnv } from "../app-env.ts";
import { secondFactorReader } from "../database/second-factor-reader.ts";
import { problem } from "../problem.ts";
import { provePassword } from "./prove-password.ts";
import { proveSecondFactor } from "./prove-second-factor.ts";

/** What `whyNotProvenBy` may answer, for the description of a route. */
export const unprovenProblems = [
  "wrong-credentials",
  "second-factor-needed",
  "wrong-code",
  "too-many-tries",
  "proof-needed",
] as const;

/** Null where the member who asks shows their password, and a code too where they have an app; else the answer that says why not. */
export async function whyNotProvenBy(c: Context<MemberEnv>, { password, code }: OwnFactors): Promise<Response | null> {
  const { acting, home, member } = c.var;
  const known = await provePassword(c, password);
  if (!known.ok) return known.response;
  const app = await secondFactorReader(home.database, member.tenantId).authenticatorOf(member.memberId);
  if (app === null || app.confirmedAt === null) return null;
  if (code === undefined) return problem(c, "second-factor-needed");
  const proof = await proveSecondFactor(c, home, acting, code);
  return proof.ok ? null : proof.response;
}
