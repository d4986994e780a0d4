import { Hono } from "hono";
import { publishedSchema, publishSchema } from "#protocol/http/sit.ts";
import type { AppEnv } from "../app-env.ts";
import { requireAttempt } from "../auth/require-attempt.ts";
import { describe } from "../describe.ts";
import { examSession } from "../exam-sessions.ts";
import { log } from "../log.ts";
import { trackNameOf } from "../media/seat.ts";
import { openSession, publishTracks } from "../media/sfu.ts";
import { sfuProblem } from "../media/sfu-problem.ts";
import { problem } from "../problem.ts";
import { jsonBody } from "../validate.ts";

/**
 * A candidate publishes, and can do nothing else: no route lets a candidate receive. Each publication is a new session
 * of the SFU, in which a track has the name of what it shows; that session's id, which only the Worker and the exam
 * session ever hold, is what makes a track's address impossible to guess.
 */
export const mediaRoutes = new Hono<AppEnv>().post(
  "/v1/sit/:attemptId/media",
  describe({
    summary: "Publish the candidate's camera, microphone and screen",
    tag: "Sitting an exam",
    answers: { 200: publishedSchema },
    problems: ["bad-request", "not-signed-in", "stale-proof", "another-browser", "refused", "media-unavailable"],
  }),
  requireAttempt,
  jsonBody(publishSchema),
  async (c) => {
    const { offer, tracks } = c.req.valid("json");
    if (hasDuplicate(tracks.map(({ mid }) => mid)) || hasDuplicate(tracks.map(({ track }) => track))) {
      return problem(c, "bad-request", "A section of the offer and a track belong together one to one.");
    }
    const { sfu } = c.var.settings;
    const opened = await openSession(sfu);
    if (!opened.ok) return sfuProblem(c, opened.fault);
    const named = tracks.map(({ mid, track }) => ({ mid, trackName: trackNameOf(track) }));
    const published = await publishTracks(sfu, opened.value, offer, named);
    if (!published.ok) {
      // In a session that is brand new, only the offer itself can be what the SFU will not take.
      const isOffer = published.fault.kind === "conflict" || published.fault.status === 400;
      return isOffer ? problem(c, "bad-request", "The offer cannot be answered.") : sfuProblem(c, published.fault);
    }
    const failed = published.value.tracks.find((track) => track.failed !== null);
    if (failed !== undefined) {
      const { requestId } = c.var;
      log({ event: "sfu-failed", requestId, kind: "track", status: 200, errorCode: failed.failed });
      return problem(c, "media-unavailable", "Not every track could be published.");
    }
    // Refused after the SFU has answered, and that is harmless: without our answer the browser never connects.
    const { examSessionId, attemptId, browser } = c.var.candidate;
    const outcome = await examSession(c.env, examSessionId).publishMedia(
      attemptId,
      browser,
      opened.value,
      tracks.map(({ track }) => track),
    );
    if (!outcome.accepted) return problem(c, "refused", "Nothing can be published before consent or after the end.");
    return c.json({ answer: published.value.answer });
  },
);

function hasDuplicate(texts: readonly string[]): boolean {
  return new Set(texts).size !== texts.length;
}
