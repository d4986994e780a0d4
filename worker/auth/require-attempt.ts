import { createMiddleware } from "hono/factory";
import type { CandidateEnv } from "../app-env.ts";
import { homeOf } from "../home.ts";
import { problem } from "../problem.ts";
import { candidateToken } from "./candidate-token.ts";
import { readAttemptCookie } from "./cookie.ts";
import { openToken } from "./sealed-token.ts";

/**
 * For `/v1/sit/:attemptId/…`: `c.var.candidate` is who checked in to that attempt. No cookie, an expired one and one of
 * another attempt are all the same 401, whether or not there is such an attempt.
 */
export const requireAttempt = createMiddleware<CandidateEnv>(async (c, next) => {
  const token = readAttemptCookie(c);
  const candidate = token === null ? null : await openToken(c.var.settings, candidateToken, token);
  if (candidate === null || candidate.attemptId !== c.req.param("attemptId")) return problem(c, "not-signed-in");
  c.set("candidate", candidate);
  c.set("home", await homeOf(c.env, candidate.tenantId));
  return next();
});
