import { type Context, Hono } from "hono";
import * as v from "valibot";
import type { Refusal } from "#domain/attempt/decision.ts";
import { largestIdentityBytes } from "#domain/attempt/identity-picture.ts";
import { largestStillBytes } from "#domain/attempt/still.ts";
import type { AttemptId } from "#domain/exam/ids.ts";
import { identityCaptures, stillSources } from "#domain/integrity/policy.ts";
import { idField } from "#protocol/http/field.ts";
import { identityQuerySchema, stillQuerySchema, storedPictureSchema } from "#protocol/http/picture.ts";
import type { PictureCommand } from "#protocol/session/rpc.ts";
import type { AppEnv, CandidateEnv } from "../app-env.ts";
import { requireAttempt } from "../auth/require-attempt.ts";
import { retentionReader } from "../database/retention-reader.ts";
import { describe } from "../describe.ts";
import { isOfType, pictureObjectOf, pictureTypeOf } from "../evidence/picture-object.ts";
import { readExactly } from "../evidence/read-exactly.ts";
import { sealedObjects } from "../evidence/sealed-objects.ts";
import { examSession } from "../exam-sessions.ts";
import { problem } from "../problem.ts";
import { sha256Hex } from "../sha256-hex.ts";
import { pathIds, query } from "../validate.ts";

const tag = "Sitting an exam";
const eventNumber = v.pipe(v.string(), v.regex(/^[1-9]\d{0,8}$/), v.transform(Number));
const attemptId = idField<AttemptId>();
const problems = [
  "bad-request",
  "not-signed-in",
  "stale-proof",
  "another-browser",
  "not-found",
  "conflict",
  "link-in-use",
  "too-large",
  "unsupported-media-type",
  "hash-mismatch",
  "refused",
] as const;
const answers = { 200: storedPictureSchema, 201: storedPictureSchema };

type Put = Context<CandidateEnv>;

/**
 * The candidate's page puts pictures: those that a violation asked for, and those of the candidate before the exam. A
 * picture is stored first and then entered in the log; if anything breaks between the two, the page puts it again.
 */
export const pictureUploadRoutes = new Hono<AppEnv>()
  .put(
    "/v1/sit/:attemptId/stills/:violation/:source",
    describe({
      summary: "Put the picture that a violation asks for (a JPEG, as application/octet-stream)",
      tag,
      answers,
      problems,
    }),
    requireAttempt,
    pathIds(v.object({ attemptId, violation: eventNumber, source: v.picklist(stillSources) })),
    query(stillQuerySchema),
    async (c) => {
      const { violation, source } = c.req.valid("param");
      const { sha256, takenAt } = c.req.valid("query");
      return put(c, sha256, largestStillBytes, (bytes) => ({
        type: "storeStill",
        still: { violation, source, sha256, bytes, takenAt },
      }));
    },
  )
  .put(
    "/v1/sit/:attemptId/identity/:capture",
    describe({
      summary:
        "Put a photograph of the candidate (JPEG) or a recording of the room (WebM), as application/octet-stream",
      tag,
      answers,
      problems,
    }),
    requireAttempt,
    pathIds(v.object({ attemptId, capture: v.picklist(identityCaptures) })),
    query(identityQuerySchema),
    async (c) => {
      const { capture } = c.req.valid("param");
      const { sha256, hints } = c.req.valid("query");
      return put(c, sha256, largestIdentityBytes[capture], (bytes) => ({
        type: "storeIdentity",
        picture: { capture, sha256, bytes, hints },
      }));
    },
  );

/** [E37] Takes the bytes, holds them against the announced hash, stores them and enters them in the log. */
async function put(
  c: Put,
  sha256: string,
  largest: number,
  commandOf: (bytes: number) => PictureCommand,
): Promise<Response> {
  if (c.req.header("content-type") !== "application/octet-stream") return problem(c, "unsupported-media-type");
  const length = Number(c.req.header("content-length") ?? Number.NaN);
  if (length > largest) return problem(c, "too-large");
  if (!(length > 0)) return problem(c, "bad-request", "There is no content, or its length is not said.");
  const candidate = c.var.candidate;
  const session = examSession(c.env, candidate.examSessionId);
  if ((await session.standing(candidate.attemptId, candidate.browser)) !== "welcome") return problem(c, "link-in-use");
  const bytes = await readExactly(c.req.raw.body, length);
  if (bytes === null) return problem(c, "bad-request", "The length is not the one announced.");
  if ((await sha256Hex(bytes)) !== sha256) return problem(c, "hash-mismatch");
  const command = commandOf(length);
  const picture = command.type === "storeStill" ? command.still : command.picture;
  if (!isOfType(pictureTypeOf(picture), bytes)) {
    return problem(c, "unsupported-media-type", "The bytes are not of the type that belongs in this place.");
  }

  const objects = sealedObjects(c.var.home.recordings, c.var.settings.recordingKey);
  const name = pictureObjectOf(candidate, picture);
  const { tenantId, attemptId: ofAttempt } = candidate;
  const kept = await objects.keep(candidate, name, bytes, sha256, (of) =>
    retentionReader(c.var.home.database, tenantId).isGone(ofAttempt, of),
  );
  if (kept === "gone") return problem(c, "refused", "This attempt does not take pictures now.");
  if (kept === "differs") return problem(c, "conflict", "What is stored in this place is damaged.");
  const outcome = await session.storePicture(candidate.attemptId, candidate.browser, command);
  if (outcome.accepted) return c.json({ sha256 }, kept === "kept" ? 201 : 200);
  // What the log does not have is not evidence, and nobody's to keep.
  if (kept === "kept") await objects.discard(name);
  return problem(c, outcome.refusal === "picture-differs" ? "conflict" : "refused", detailOf(outcome.refusal));
}

function detailOf(refusal: Refusal): string {
  switch (refusal) {
    case "picture-differs":
      return "Another picture is stored in this place.";
    case "picture-not-wanted":
      return "Nothing asks for this picture.";
    case "bad-picture":
      return "The picture is of another moment, or too large.";
    case "too-many-pictures":
      return "As many pictures were taken as can be stored.";
    default:
      return "This attempt does not take pictures now.";
  }
}
