import { Hono } from "hono";
import * as v from "valibot";
import type { AttemptId, CandidateId, RegistrationId, SittingId } from "#domain/exam/ids.ts";
import type { EpochMs } from "#domain/integrity/signal.ts";
import { idField } from "#protocol/http/field.ts";
import { issuedLinksSchema, newRegistrationsSchema } from "#protocol/http/sitting.ts";
import type { SittingSummary } from "#protocol/http/sitting.ts";
import type { AppEnv } from "../app-env.ts";
import { randomToken, tokenHash } from "../auth/random-token.ts";
import { requireMember } from "../auth/require-member.ts";
import { examReader } from "../database/exam-reader.ts";
import { sittingReader } from "../database/sitting-reader.ts";
import { sittingWriter } from "../database/sitting-writer.ts";
import { describe } from "../describe.ts";
import { examSession } from "../exam-sessions.ts";
import { newId } from "../new-id.ts";
import { problem } from "../problem.ts";
import { jsonBody, pathIds } from "../validate.ts";

const tag = "Sittings";
const sittingPath = v.object({ sittingId: idField<SittingId>() });
const registrationPath = v.object({ sittingId: idField<SittingId>(), registrationId: idField<RegistrationId>() });

export const registrationRoutes = new Hono<AppEnv>()
  .post(
    "/v1/sittings/:sittingId/registrations",
    describe({
      summary: "Add candidates and get their links, which are shown this once",
      tag,
      answers: { 201: issuedLinksSchema },
      problems: ["bad-request", "not-signed-in", "not-allowed", "not-found"],
    }),
    requireMember("admin"),
    pathIds(sittingPath),
    jsonBody(newRegistrationsSchema),
    async (c) => {
      const { tenantId } = c.var.member;
      const sitting = await sittingReader(c.env.DB, tenantId).summary(c.req.valid("param").sittingId);
      if (sitting === null) return problem(c, "not-found");
      const expiresAt = await linkExpiry(c.env.DB, tenantId, sitting);
      const places = await Promise.all(
        c.req.valid("json").candidates.map(async ({ name, email }) => {
          const token = randomToken(32);
          return { token, place: { ...newPlaceIds(), name, email, linkHash: await tokenHash(token) } };
        }),
      );
      // The database first: what it holds and the session does not is registered again when the candidate checks in.
      await sittingWriter(c.env.DB, tenantId).register(
        sitting.id,
        sitting.examSessionId,
        places.map(({ place }) => place),
        expiresAt,
        Date.now(),
      );
      await examSession(c.env, sitting.examSessionId).register(
        places.map(({ place: { attemptId, registrationId, name } }) => ({ attemptId, registrationId, name })),
      );
      const { origin } = new URL(c.req.url);
      const links = places.map(({ token, place: { registrationId, attemptId, name } }) => ({
        registrationId,
        attemptId,
        name,
        link: linkFor(origin, token),
        expiresAt,
      }));
      return c.json({ links }, 201);
    },
  )
  .post(
    "/v1/sittings/:sittingId/registrations/:registrationId/link",
    describe({
      summary: "Issue a new link, which makes the one before it void",
      tag,
      answers: { 201: issuedLinksSchema },
      problems: ["not-signed-in", "not-allowed", "not-found"],
    }),
    requireMember("admin"),
    pathIds(registrationPath),
    async (c) => {
      const { tenantId } = c.var.member;
      const { sittingId, registrationId } = c.req.valid("param");
      const sitting = await sittingReader(c.env.DB, tenantId).byId(sittingId);
      const registration = sitting?.registrations.find(({ id }) => id === registrationId);
      if (!sitting || registration === undefined) return problem(c, "not-found");
      const token = randomToken(32);
      const expiresAt = await linkExpiry(c.env.DB, tenantId, sitting);
      const writer = sittingWriter(c.env.DB, tenantId);
      const isThere = await writer.replaceLink(sittingId, registrationId, await tokenHash(token), expiresAt);
      if (!isThere) return problem(c, "not-found");
      const { attemptId, name } = registration;
      const { memberId, name: memberName } = c.var.member;
      // After the old link is void: whoever still has it can no longer take the attempt that is freed here.
      await examSession(c.env, sitting.examSessionId).release(attemptId, { memberId, name: memberName });
      const link = linkFor(new URL(c.req.url).origin, token);
      return c.json({ links: [{ registrationId, attemptId, name, link, expiresAt }] }, 201);
    },
  );

/** After `#`, so that the token is in no request line, no log and no Referer. */
function linkFor(origin: string, token: string): string {
  return `${origin}/sit#${token}`;
}

/** Until then a candidate who began just before the window closed may still be at work, and may need the link again. */
async function linkExpiry(
  database: D1Database,
  tenantId: Parameters<typeof examReader>[1],
  { examVersionId, closesAt }: SittingSummary,
): Promise<EpochMs> {
  const exam = await examReader(database, tenantId).version(examVersionId);
  return closesAt + (exam?.durationMs ?? 0);
}

function newPlaceIds() {
  return {
    registrationId: newId<RegistrationId>(),
    candidateId: newId<CandidateId>(),
    attemptId: newId<AttemptId>(),
  };
}
