import { type Context, Hono } from "hono";
import * as v from "valibot";
import { type GuestLink, whyLinkRefused } from "#domain/access/guest-link.ts";
import type { Door } from "#domain/attempt/take-over.ts";
import type { AttemptId } from "#domain/exam/ids.ts";
import { idField } from "#protocol/http/field.ts";
import { nonceHeader, proofHeader } from "#protocol/http/proof.ts";
import { type Arrival, arrivalSchema, type CheckedIn, checkInSchema, doorSchema } from "#protocol/http/sit.ts";
import type { AppEnv } from "../app-env.ts";
import { candidateToken, candidateTokenGraceMs } from "../auth/candidate-token.ts";
import { openProof } from "../auth/browser-proof.ts";
import { setAttemptCookie } from "../auth/cookie.ts";
import { proofNonce } from "../auth/proof-nonce.ts";
import { tokenHash } from "../auth/random-token.ts";
import { requireAttempt } from "../auth/require-attempt.ts";
import { requireLink } from "../auth/require-link.ts";
import { tooOften, waitAt } from "../auth/require-pace.ts";
import { sealToken } from "../auth/sealed-token.ts";
import { attemptReader } from "../database/attempt-reader.ts";
import { noteOpened } from "../database/link.ts";
import { type LinkedRegistration, registrationByLink } from "../database/tenantless-lookup.ts";
import { describe } from "../describe.ts";
import type { Env } from "../env.ts";
import { examSession } from "../exam-sessions.ts";
import { faultOf, log } from "../log.ts";
import { problem } from "../problem.ts";
import { jsonBody, pathIds } from "../validate.ts";

const tag = "Sitting an exam";

export const sitRoutes = new Hono<AppEnv>()
  .post(
    "/v1/check-in",
    describe({
      summary: "Exchange a guest link's token for the cookie of its attempt",
      tag,
      answers: { 200: arrivalSchema },
      problems: [
        "bad-request",
        "not-allowed",
        "not-found",
        "too-often",
        "link-not-yet",
        "link-expired",
        "link-revoked",
      ],
    }),
    jsonBody(checkInSchema),
    async (c) => {
      const linkHash = await tokenHash(c.req.valid("json").token);
      const proof = await openProof(c.req.header(proofHeader) ?? "", c.req.raw);
      // Without a nonce: an old proof gets a cookie that only its own key can use. [G75]
      if (proof === null) return problem(c, "bad-request", "DPoP: there is no proof of the browser's key.");
      const found = await registrationByLink(c.env, linkHash);
      if (found === null) {
        // Only who has no link can be held up: not a campus by one of its own. [G107] [G108]
        const until = await waitAt(c, "check-in");
        return until === null ? problem(c, "not-found") : tooOften(c, until);
      }
      const now = Date.now();
      const refused = whyLinkRefused(found.link, now);
      if (refused !== null) return linkProblem(c, refused, found.link);
      const browser = proof.thumbprint;
      // Another browser comes in no further than the door, and needs the cookie to ask there.
      const door = await doorFor(c.env, found, browser);
      const { tenantId, examSessionId, attemptId } = found;
      const checkedIn = await attemptReader(found.home.database, tenantId).checkedIn(attemptId);
      if (checkedIn === null || door === null) return problem(c, "not-found");
      const expiresAt = found.link.expiresAt + candidateTokenGraceMs;
      const claims = { tenantId, examSessionId, attemptId, cnf: { jkt: browser }, linkHash };
      setAttemptCookie(
        c,
        attemptId,
        await sealToken(c.var.settings, candidateToken, claims, expiresAt),
        expiresAt - now,
      );
      // Nobody waits for it at the door: it is only told to staff.
      if (found.link.openedAt === null) {
        const noted = noteOpened(found.home.database, tenantId, linkHash, now).catch((error: Error) => {
          const { requestId } = c.var;
          log({ event: "opening-not-noted", requestId, tenantId, attemptId, error: faultOf(error).error });
        });
        c.executionCtx.waitUntil(noted);
      }
      c.header(nonceHeader, await proofNonce(c.var.settings, attemptId, now));
      log({ event: "checked-in", requestId: c.var.requestId, tenantId, attemptId, way: door.way.kind });
      return c.json(arrivalOf(checkedIn, door));
    },
  )
  .get(
    "/v1/sit/:attemptId",
    describe({
      summary: "Read which attempt this browser is checked in to",
      tag,
      answers: { 200: arrivalSchema },
      problems: ["not-signed-in", "stale-proof", "another-browser", "not-found", "link-revoked"],
    }),
    requireAttempt,
    requireLink,
    pathIds(v.object({ attemptId: idField<AttemptId>() })),
    async (c) => {
      const { tenantId, examSessionId, attemptId, browser } = c.var.candidate;
      const checkedIn = await attemptReader(c.var.home.database, tenantId).checkedIn(attemptId);
      const door = await examSession(c.env, examSessionId).door(attemptId, browser);
      return checkedIn === null || door === null ? problem(c, "not-found") : c.json(arrivalOf(checkedIn, door));
    },
  )
  .post(
    "/v1/sit/:attemptId/take-over",
    describe({
      summary: "Ask to go on with the attempt in this browser, or go on, as the exam says",
      tag,
      answers: { 200: doorSchema },
      problems: ["not-signed-in", "stale-proof", "another-browser", "not-found", "link-revoked"],
    }),
    requireAttempt,
    requireLink,
    pathIds(v.object({ attemptId: idField<AttemptId>() })),
    async (c) => {
      const { tenantId, examSessionId, attemptId, browser } = c.var.candidate;
      const door = await examSession(c.env, examSessionId).goOnElsewhere(attemptId, browser);
      if (door === null) return problem(c, "not-found");
      log({ event: "take-over", requestId: c.var.requestId, tenantId, attemptId, way: door.way.kind });
      return c.json(door);
    },
  );

function linkProblem(c: Context, refused: "revoked" | "expired" | "not-yet", { notBefore }: GuestLink): Response {
  switch (refused) {
    case "revoked":
      return problem(c, "link-revoked");
    case "expired":
      return problem(c, "link-expired");
    case "not-yet":
      return problem(c, "link-not-yet", undefined, notBefore);
  }
}

/** Who has the link and not the attempt is told nothing of it. */
function arrivalOf(checkedIn: CheckedIn, door: Door): Arrival {
  return { attemptId: checkedIn.attemptId, door, checkedIn: door.way.kind === "in" ? checkedIn : null };
}

/**
 * Registering wrote the database first; had it failed before the session knew, the session would not know the attempt
 * now. Registering again is harmless, so the candidate at the door does not pay for it.
 */
async function doorFor(env: Env, found: LinkedRegistration, browser: string): Promise<Door | null> {
  const { attemptId, registrationId, name, examSessionId } = found;
  const session = examSession(env, examSessionId);
  const door = await session.checkIn(attemptId, browser);
  if (door !== null) return door;
  await session.register([{ attemptId, registrationId, name }]);
  return session.checkIn(attemptId, browser);
}
