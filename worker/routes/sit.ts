import { Hono } from "hono";
import * as v from "valibot";
import type { AttemptId } from "#domain/exam/ids.ts";
import { idField } from "#protocol/http/field.ts";
import { checkedInSchema, checkInSchema } from "#protocol/http/sit.ts";
import type { Standing } from "#protocol/session/rpc.ts";
import type { AppEnv } from "../app-env.ts";
import { candidateToken, candidateTokenGraceMs } from "../auth/candidate-token.ts";
import { browserOf, setAttemptCookie } from "../auth/cookie.ts";
import { tokenHash } from "../auth/random-token.ts";
import { requireAttempt } from "../auth/require-attempt.ts";
import { requireLink } from "../auth/require-link.ts";
import { sealToken } from "../auth/sealed-token.ts";
import { attemptReader } from "../database/attempt-reader.ts";
import { type LinkedRegistration, registrationByLink } from "../database/tenantless-lookup.ts";
import { describe } from "../describe.ts";
import type { Env } from "../env.ts";
import { examSession } from "../exam-sessions.ts";
import { log } from "../log.ts";
import { problem } from "../problem.ts";
import { jsonBody, pathIds } from "../validate.ts";

const tag = "Sitting an exam";

export const sitRoutes = new Hono<AppEnv>()
  .post(
    "/v1/check-in",
    describe({
      summary: "Exchange a guest link's token for the cookie of its attempt",
      tag,
      answers: { 200: checkedInSchema },
      problems: ["bad-request", "not-allowed", "not-found", "link-expired", "link-in-use"],
    }),
    jsonBody(checkInSchema),
    async (c) => {
      const linkHash = await tokenHash(c.req.valid("json").token);
      const found = await registrationByLink(c.env.DB, linkHash);
      if (found === null) return problem(c, "not-found");
      const now = Date.now();
      if (now >= found.linkExpiresAt) return problem(c, "link-expired");
      const browser = browserOf(c);
      if ((await standingOf(c.env, found, browser)) === "another-browser") return problem(c, "link-in-use");
      const { tenantId, examSessionId, attemptId } = found;
      const checkedIn = await attemptReader(c.env.DB, tenantId).checkedIn(attemptId);
      if (checkedIn === null) return problem(c, "not-found");
      const expiresAt = found.linkExpiresAt + candidateTokenGraceMs;
      const claims = { tenantId, examSessionId, attemptId, browser, linkHash };
      setAttemptCookie(
        c,
        attemptId,
        await sealToken(c.var.settings, candidateToken, claims, expiresAt),
        expiresAt - now,
      );
      log({ event: "checked-in", requestId: c.var.requestId, tenantId, attemptId });
      return c.json(checkedIn);
    },
  )
  .get(
    "/v1/sit/:attemptId",
    describe({
      summary: "Read which attempt this browser is checked in to",
      tag,
      answers: { 200: checkedInSchema },
      problems: ["not-signed-in", "not-found"],
    }),
    requireAttempt,
    requireLink,
    pathIds(v.object({ attemptId: idField<AttemptId>() })),
    async (c) => {
      const { tenantId, attemptId } = c.var.candidate;
      const checkedIn = await attemptReader(c.env.DB, tenantId).checkedIn(attemptId);
      return checkedIn === null ? problem(c, "not-found") : c.json(checkedIn);
    },
  );

/**
 * Registering wrote the database first; had it failed before the session knew, the session would not know the attempt
 * now. Registering again is harmless, so the candidate at the door does not pay for it.
 */
async function standingOf(env: Env, found: LinkedRegistration, browser: string): Promise<Standing> {
  const { attemptId, registrationId, name, examSessionId } = found;
  const session = examSession(env, examSessionId);
  const standing = await session.checkIn(attemptId, browser);
  if (standing !== "unknown") return standing;
  await session.register([{ attemptId, registrationId, name }]);
  return session.checkIn(attemptId, browser);
}
