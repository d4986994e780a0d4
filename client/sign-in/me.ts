import { createContext, useContext } from "react";
import { type Me, meSchema } from "#protocol/http/sign-in.ts";
import { RequestProblemError, valueOf } from "../http/request-problem-error.ts";
import { request } from "../http/request.ts";

export const meKey = ["me"] as const;

/** Who is signed in, or null when nobody is. Throws a `RequestProblemError` when that cannot be told. */
export async function readMe(): Promise<Me | null> {
  const answer = await request(meSchema, "GET", "/v1/me");
  if (!answer.ok && answer.problem.code === "not-signed-in") return null;
  return valueOf(answer);
}

/** A problem as queries throw it, or null for what is none of the API's. */
export function problemIn(error: unknown): RequestProblemError["problem"] | null {
  return error instanceof RequestProblemError ? error.problem : null;
}

export const MeContext = createContext<Me | null>(null);

/** The member whose page this is. Only for what stands inside `SignedIn`. */
export function useMe(): Me {
  const me = useContext(MeContext);
  if (me === null) throw new Error("useMe outside of SignedIn");
  return me;
}
