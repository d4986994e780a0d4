import { createMiddleware } from "hono/factory";
import type { CandidateEnv } from "../app-env.ts";
import { attemptReader } from "../database/attempt-reader.ts";
import { problem } from "../problem.ts";

/**
 * After `requireAttempt`: the link that the cookie was given for is still the attempt's. Before consent an attempt belongs
 * to no browser yet, so that a new link must take the cookies of the one before with it. It is asked where a candidate
 * comes in, not with each segment: from consent on the exam session itself knows whose the attempt is.
 */
export const requireLink = createMiddleware<CandidateEnv>(async (c, next) => {
  const { tenantId, attemptId, linkHash } = c.var.candidate;
  switch (await attemptReader(c.var.home.database, tenantId).linkStanding(attemptId, linkHash)) {
    case "good":
      return next();
    case "revoked":
      return problem(c, "link-revoked");
    case "replaced":
      return problem(c, "not-signed-in");
  }
});
