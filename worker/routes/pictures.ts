import { type Context, Hono } from "hono";
import * as v from "valibot";
import type { AttemptId, ExamSessionId } from "#domain/exam/ids.ts";
import { idField, sha256Hex } from "#protocol/http/field.ts";
import { picturesSchema } from "#protocol/http/picture.ts";
import type { AppEnv, MemberEnv } from "../app-env.ts";
import { requireAssignment } from "../auth/require-assignment.ts";
import { requirePermission } from "../auth/require-member.ts";
import { openToken, sealToken } from "../auth/sealed-token.ts";
import { examSessionReader } from "../database/exam-session-reader.ts";
import { describe } from "../describe.ts";
import { pictureObjectOf, pictureTypeOf } from "../evidence/picture-object.ts";
import { pictureToken, pictureTokenMs } from "../evidence/picture-token.ts";
import { sealedObjects } from "../evidence/sealed-objects.ts";
import { examSession } from "../exam-sessions.ts";
import { log } from "../log.ts";
import { problem, requestIdOf } from "../problem.ts";
import { pathIds } from "../validate.ts";

const attemptId = idField<AttemptId>();
const problems = ["not-signed-in", "not-allowed", "not-found"] as const;
const answers = { 200: picturesSchema };

/** [E38] Staff see the pictures that the log names, at addresses that are signed for them. */
export const pictureRoutes = new Hono<AppEnv>()
  .get(
    "/v1/attempts/:attemptId/pictures",
    describe({
      summary: "Where the pictures of an attempt are: of violations, and of the candidate",
      tag: "Review",
      answers,
      problems,
    }),
    requirePermission("view-evidence"),
    pathIds(v.object({ attemptId })),
    async (c) => {
      const { attemptId: of } = c.req.valid("param");
      const examSessionId = await examSessionReader(c.var.home.database, c.var.member.tenantId).ofAttempt(of);
      return examSessionId === null ? problem(c, "not-found") : listed(c, examSessionId, of);
    },
  )
  .get(
    "/v1/exam-sessions/:examSessionId/attempts/:attemptId/pictures",
    describe({ summary: "The same, for a proctor of the candidate's room", tag: "Watch", answers, problems }),
    requirePermission("proctor"),
    requireAssignment,
    pathIds(v.object({ examSessionId: idField<ExamSessionId>(), attemptId })),
    async (c) => {
      const { examSessionId, attemptId: of } = c.req.valid("param");
      return listed(c, examSessionId, of);
    },
  )
  .get(
    "/v1/pictures/:token/:sha256",
    describe({
      summary: "A picture's bytes (image/jpeg or video/webm), as signed for in the list",
      tag: "Review",
      answers: { 200: "image/*" },
      problems: [...problems, "hash-mismatch"],
    }),
    requirePermission("view-evidence", "proctor"),
    pathIds(v.object({ token: v.string(), sha256: sha256Hex })),
    async (c) => {
      const { token, sha256 } = c.req.valid("param");
      const claims = await openToken(c.var.settings, pictureToken, token);
      if (claims === null) {
        return problem(c, "not-allowed", "This address is not good, or no longer. Ask for the pictures again.");
      }
      const { tenantId, memberId } = c.var.member;
      if (claims.tenantId !== tenantId || claims.memberId !== memberId) return problem(c, "not-allowed");
      const { examSessionId, attemptId: of } = claims;
      const { stills, identity } = await examSession(c.env, examSessionId).pictures(of);
      const picture = [...stills, ...identity].find((each) => each.sha256 === sha256);
      if (picture === undefined) return problem(c, "not-found");
      const recording = { tenantId, attemptId: of };
      const objects = sealedObjects(c.var.home.recordings, c.var.settings.recordingKey);
      const found = await objects.read(recording, pictureObjectOf(recording, picture), sha256);
      switch (found.state) {
        case "missing":
          return problem(c, "not-found", "The store does not hold this picture any more.");
        case "changed":
          log({
            event: "recording-changed",
            requestId: requestIdOf(c),
            tenantId,
            attemptId: of,
            segment: `picture ${sha256}`,
          });
          return problem(c, "hash-mismatch", "What is stored is not what was taken.");
        case "intact":
          return c.body(found.bytes, 200, { "content-type": pictureTypeOf(picture), "cache-control": "no-store" });
      }
    },
  );

async function listed(c: Context<MemberEnv>, examSessionId: ExamSessionId, of: AttemptId): Promise<Response> {
  const { tenantId, memberId } = c.var.member;
  const { stills, identity } = await examSession(c.env, examSessionId).pictures(of);
  const claims = { tenantId, examSessionId, attemptId: of, memberId };
  const token = await sealToken(c.var.settings, pictureToken, claims, Date.now() + pictureTokenMs);
  const pictures = [...stills, ...identity].map(({ sha256 }) => ({ sha256, url: `/v1/pictures/${token}/${sha256}` }));
  return c.json({ pictures });
}
