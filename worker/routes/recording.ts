import { Hono } from "hono";
import * as v from "valibot";
import { recordedTracks, type Segment } from "#domain/attempt/command.ts";
import type { AttemptId } from "#domain/exam/ids.ts";
import { idField } from "#protocol/http/field.ts";
import { recordingSchema } from "#protocol/http/review.ts";
import type { AppEnv } from "../app-env.ts";
import { requirePermission } from "../auth/require-member.ts";
import { openToken, sealToken } from "../auth/sealed-token.ts";
import { examSessionReader } from "../database/exam-session-reader.ts";
import { describe } from "../describe.ts";
import { playbackToken, playbackTokenMs } from "../evidence/playback-token.ts";
import { recordingStore } from "../evidence/recording-store.ts";
import { examSession } from "../exam-sessions.ts";
import { log } from "../log.ts";
import { problem, requestIdOf } from "../problem.ts";
import { pathIds } from "../validate.ts";

const tag = "Review";
const ordinal = v.pipe(v.string(), v.regex(/^\d{1,6}$/), v.transform(Number));
const attemptPath = v.object({ attemptId: idField<AttemptId>() });
const placePath = v.object({
  token: v.string(),
  track: v.picklist(recordedTracks),
  run: ordinal,
  index: ordinal,
});

/** A reviewer lists what was recorded of an attempt, and plays it. The log says what there should be, the store what there is. */
export const recordingRoutes = new Hono<AppEnv>()
  .get(
    "/v1/attempts/:attemptId/recording",
    describe({
      summary: "The manifest of an attempt's recording",
      tag,
      answers: { 200: recordingSchema },
      problems: ["not-signed-in", "not-allowed", "not-found"],
    }),
    requirePermission("view-evidence"),
    pathIds(attemptPath),
    async (c) => {
      const { attemptId } = c.req.valid("param");
      const { tenantId, memberId } = c.var.member;
      const examSessionId = await examSessionReader(c.var.home.database, tenantId).ofAttempt(attemptId);
      if (examSessionId === null) return problem(c, "not-found");
      const segments = (await examSession(c.env, examSessionId).segments(attemptId)).toSorted(byPlace);
      const store = recordingStore(c.var.home.recordings, c.var.settings.recordingKey);
      const present = await store.present({ tenantId, attemptId }, segments);
      const claims = { tenantId, examSessionId, attemptId, memberId };
      const token = await sealToken(c.var.settings, playbackToken, claims, Date.now() + playbackTokenMs);
      return c.json({
        segments: segments.map((segment, at) => {
          const { track, run, index, sha256, bytes, startsAt, endsAt } = segment;
          const isPresent = present[at] === true;
          const url = isPresent ? `/v1/playback/${token}/${track}/${run}/${index}` : null;
          return { track, run, index, sha256, bytes, startsAt, endsAt, present: isPresent, url };
        }),
      });
    },
  )
  .get(
    "/v1/playback/:token/:track/:run/:index",
    describe({
      summary: "A segment's bytes (video/webm), as signed for in the manifest",
      tag,
      answers: { 200: "video/webm" },
      problems: ["not-signed-in", "not-allowed", "not-found", "hash-mismatch"],
    }),
    requirePermission("view-evidence"),
    pathIds(placePath),
    async (c) => {
      const { token, ...place } = c.req.valid("param");
      const playback = await openToken(c.var.settings, playbackToken, token);
      if (playback === null) {
        return problem(c, "not-allowed", "This address is not good, or no longer. Ask for the recording again.");
      }
      const { tenantId, memberId } = c.var.member;
      if (playback.tenantId !== tenantId || playback.memberId !== memberId) return problem(c, "not-allowed");
      const { examSessionId, attemptId } = playback;
      const [sha256 = null] = await examSession(c.env, examSessionId).storedHashes(attemptId, [place]);
      if (sha256 === null) return problem(c, "not-found");
      const store = recordingStore(c.var.home.recordings, c.var.settings.recordingKey);
      const found = await store.read({ tenantId, attemptId }, place, sha256);
      switch (found.state) {
        case "missing":
          return problem(c, "not-found", "The store does not hold this segment any more.");
        case "changed": {
          const segment = `${place.track}/${place.run}/${place.index}`;
          log({ event: "recording-changed", requestId: requestIdOf(c), tenantId, attemptId, segment });
          return problem(c, "hash-mismatch", "What is stored is not what was recorded.");
        }
        case "intact":
          return c.body(found.bytes, 200, { "content-type": "video/webm", "cache-control": "no-store" });
      }
    },
  );

function byPlace(one: Segment, other: Segment): number {
  const tracks = recordedTracks.indexOf(one.track) - recordedTracks.indexOf(other.track);
  return tracks || one.run - other.run || one.index - other.index;
}
