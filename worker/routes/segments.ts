import { Hono } from "hono";
import { largestSegmentBytes } from "#domain/attempt/evidence.ts";
import {
  announcedSegmentsSchema,
  announceSegmentsSchema,
  segmentListSchema,
  storedSegmentSchema,
} from "#protocol/http/sit.ts";
import type { AppEnv } from "../app-env.ts";
import { requireAttempt } from "../auth/require-attempt.ts";
import { openToken, sealToken } from "../auth/sealed-token.ts";
import { retentionReader } from "../database/retention-reader.ts";
import { describe } from "../describe.ts";
import { readExactly } from "../evidence/read-exactly.ts";
import { recordingStore } from "../evidence/recording-store.ts";
import { uploadToken, uploadTokenMs } from "../evidence/upload-token.ts";
import { examSession } from "../exam-sessions.ts";
import { homeOf } from "../home.ts";
import { problem } from "../problem.ts";
import { sha256Hex } from "../sha256-hex.ts";
import { jsonBody } from "../validate.ts";

const tag = "Sitting an exam";

/**
 * A candidate's page announces what it recorded, is told where to put what is wanted, and puts it there. A segment is
 * stored first and then entered in the attempt's log; if anything breaks between the two, the page puts it again.
 */
export const segmentRoutes = new Hono<AppEnv>()
  .get(
    "/v1/sit/:attemptId/segments",
    describe({
      summary: "What is stored of the recording",
      tag,
      answers: { 200: segmentListSchema },
      problems: ["not-signed-in", "stale-proof", "another-browser", "link-in-use"],
    }),
    requireAttempt,
    async (c) => {
      const { examSessionId, attemptId, browser } = c.var.candidate;
      const session = examSession(c.env, examSessionId);
      if ((await session.standing(attemptId, browser)) === "another-browser") return problem(c, "link-in-use");
      const stored = await session.segments(attemptId);
      const segments = stored.map(({ track, run, index, sha256 }) => ({ track, run, index, sha256 }));
      return c.json({ segments });
    },
  )
  .post(
    "/v1/sit/:attemptId/segments",
    describe({
      summary: "Announce segments, and learn where to put them",
      tag,
      answers: { 200: announcedSegmentsSchema },
      problems: ["bad-request", "not-signed-in", "stale-proof", "another-browser", "link-in-use"],
    }),
    requireAttempt,
    jsonBody(announceSegmentsSchema),
    async (c) => {
      const announced = c.req.valid("json").segments;
      const { tenantId, examSessionId, attemptId, browser } = c.var.candidate;
      const session = examSession(c.env, examSessionId);
      if ((await session.standing(attemptId, browser)) === "another-browser") return problem(c, "link-in-use");
      const places = announced.map(({ track, run, index }) => ({ track, run, index }));
      const hashes = await session.storedHashes(attemptId, places);
      const expiresAt = Date.now() + uploadTokenMs;
      const segments = await Promise.all(
        announced.map(async (segment, at) => {
          const { track, run, index } = segment;
          const stored = hashes[at] ?? null;
          if (stored !== null) {
            return { track, run, index, state: stored === segment.sha256 ? "stored" : "differs" } as const;
          }
          const claims = { tenantId, examSessionId, attemptId, browser, segment };
          const token = await sealToken(c.var.settings, uploadToken, claims, expiresAt);
          return { track, run, index, state: "wanted", url: `/v1/uploads/${token}` } as const;
        }),
      );
      return c.json({ segments });
    },
  )
  .put(
    "/v1/uploads/:token",
    describe({
      summary: "Put a segment's bytes (application/octet-stream)",
      tag,
      answers: { 200: storedSegmentSchema, 201: storedSegmentSchema },
      problems: [
        "bad-request",
        "not-allowed",
        "conflict",
        "too-large",
        "unsupported-media-type",
        "hash-mismatch",
        "refused",
      ],
    }),
    async (c) => {
      const upload = await openToken(c.var.settings, uploadToken, c.req.param("token"));
      if (upload === null) {
        return problem(c, "not-allowed", "This address is not good, or no longer. Announce the segment again.");
      }
      if (c.req.header("content-type") !== "application/octet-stream") return problem(c, "unsupported-media-type");
      const { segment, attemptId, browser, examSessionId } = upload;
      const length = Number(c.req.header("content-length") ?? Number.NaN);
      if (length > largestSegmentBytes) return problem(c, "too-large");
      if (length !== segment.bytes) return problem(c, "bad-request", "The length is not the one announced.");
      const bytes = await readExactly(c.req.raw.body, segment.bytes);
      if (bytes === null) return problem(c, "bad-request", "The length is not the one announced.");
      if ((await sha256Hex(bytes)) !== segment.sha256) return problem(c, "hash-mismatch");

      const { recordings, database } = await homeOf(c.env, upload.tenantId);
      const store = recordingStore(recordings, c.var.settings.recordingKey);
      const kept = await store.keep(upload, segment, bytes, segment.sha256, (of) =>
        retentionReader(database, upload.tenantId).isGone(attemptId, of),
      );
      if (kept === "gone") return problem(c, "refused", "This attempt does not take recordings.");
      if (kept === "differs") return problem(c, "conflict", "Other bytes are stored in this place.");
      const outcome = await examSession(c.env, examSessionId).storeSegment(attemptId, browser, segment);
      if (!outcome.accepted) {
        // What the log does not have is not evidence, and before consent it is not even ours to keep.
        if (kept === "kept") await store.discard(upload, segment);
        return outcome.refusal === "segment-differs"
          ? problem(c, "conflict", "Other bytes are stored in this place.")
          : problem(c, "refused", "This attempt does not take recordings.");
      }
      const { track, run, index, sha256 } = segment;
      return c.json({ track, run, index, sha256 }, kept === "kept" ? 201 : 200);
    },
  );
