import { Hono } from "hono";
import { createMiddleware } from "hono/factory";
import * as v from "valibot";
import type { ExamSessionId } from "#domain/exam/ids.ts";
import { idField } from "#protocol/http/field.ts";
import {
  answerSchema,
  closeSeatsSchema,
  retargetSchema,
  viewerSchema,
  watchingSchema,
  watchSchema,
} from "#protocol/http/watch.ts";
import type { AppEnv, MemberEnv } from "../app-env.ts";
import { requireAssignment } from "../auth/require-assignment.ts";
import { requirePermission } from "../auth/require-member.ts";
import { openToken, sealToken } from "../auth/sealed-token.ts";
import { describe } from "../describe.ts";
import type { Env } from "../env.ts";
import { examSession } from "../exam-sessions.ts";
import { type Seat, sourceOf } from "../media/seat.ts";
import { answerOffer, closeTracks, openSession, pullTracks, type TrackSource, updateTracks } from "../media/sfu.ts";
import { sfuProblem } from "../media/sfu-problem.ts";
import { type ViewerClaims, viewerToken, viewerTokenMs } from "../media/viewer-token.ts";
import { problem } from "../problem.ts";
import { jsonBody, pathIds } from "../validate.ts";

type WithViewer = MemberEnv & { Variables: { viewer: ViewerClaims } };

const sessionId = idField<ExamSessionId>();
const sessionPath = pathIds(v.object({ examSessionId: sessionId }));

/** `c.var.viewer` is a viewer of this member in this session. */
const requireViewer = createMiddleware<WithViewer>(async (c, next) => {
  const viewer = await openToken(c.var.settings, viewerToken, c.req.param("viewer") ?? "");
  if (viewer === null) return problem(c, "viewer-gone");
  const { tenantId, memberId } = c.var.member;
  const isMine = viewer.tenantId === tenantId && viewer.memberId === memberId;
  if (!isMine || viewer.examSessionId !== c.req.param("examSessionId")) return problem(c, "not-found");
  c.set("viewer", viewer);
  return next();
});

const tag = "Watch";
const base = "/v1/exam-sessions/:examSessionId/viewers";
const refusals = ["bad-request", "not-signed-in", "not-allowed", "not-found", "media-unavailable"] as const;
const viewerRefusals = [...refusals, "conflict", "viewer-gone"] as const;

const proctor = [requirePermission("proctor"), requireAssignment] as const;

/** A proctor watches the candidates of a session. Calls of one viewer must follow one another; 409 is for those that do not. */
export const watchRoutes = new Hono<AppEnv>()
  .post(
    base,
    describe({ summary: "Open a viewer", tag, answers: { 201: viewerSchema }, problems: refusals }),
    ...proctor,
    sessionPath,
    async (c) => {
      const { examSessionId } = c.req.valid("param");
      const { sfu } = c.var.settings;
      const opened = await openSession(sfu);
      if (!opened.ok) return sfuProblem(c, opened.fault);
      const { tenantId, memberId } = c.var.member;
      const claims = { tenantId, examSessionId, memberId, sfuSession: opened.value };
      const viewer = await sealToken(c.var.settings, viewerToken, claims, Date.now() + viewerTokenMs);
      return c.json({ viewer }, 201);
    },
  )
  .post(
    `${base}/:viewer/tracks`,
    describe({ summary: "Watch seats", tag, answers: { 200: watchingSchema }, problems: viewerRefusals }),
    ...proctor,
    requireViewer,
    jsonBody(watchSchema),
    async (c) => {
      const wanted = await resolve(c.env, c.var.viewer.examSessionId, c.req.valid("json").seats);
      if (wanted.found.length === 0) return c.json({ offer: null, seats: wanted.answer([]) });
      const pulled = await pullTracks(c.var.settings.sfu, c.var.viewer.sfuSession, wanted.found);
      if (!pulled.ok) return sfuProblem(c, pulled.fault);
      const mids = pulled.value.tracks.map((track) => (track.failed === null ? track.mid : null));
      return c.json({ offer: pulled.value.offer, seats: wanted.answer(mids) });
    },
  )
  .put(
    `${base}/:viewer/answer`,
    describe({ summary: "Answer an offer", tag, answers: { 204: null }, problems: viewerRefusals }),
    ...proctor,
    requireViewer,
    jsonBody(answerSchema),
    async (c) => {
      const answered = await answerOffer(c.var.settings.sfu, c.var.viewer.sfuSession, c.req.valid("json").answer);
      if (answered.ok) return c.body(null, 204);
      if (answered.fault.status === 400) return problem(c, "bad-request", "The answer cannot be taken.");
      return sfuProblem(c, answered.fault);
    },
  )
  .put(
    `${base}/:viewer/tracks`,
    describe({ summary: "Show other seats", tag, answers: { 200: watchingSchema }, problems: viewerRefusals }),
    ...proctor,
    requireViewer,
    jsonBody(retargetSchema),
    async (c) => {
      const { seats } = c.req.valid("json");
      const mids = seats.map(({ mid }) => mid);
      if (new Set(mids).size !== mids.length) return problem(c, "bad-request", "A mid shows one seat.");
      const wanted = await resolve(c.env, c.var.viewer.examSessionId, seats);
      if (wanted.found.length === 0) return c.json({ offer: null, seats: wanted.answer([]) });
      const updates = wanted.found.map(({ seat, ...source }) => ({ ...source, mid: seat.mid }));
      const updated = await updateTracks(c.var.settings.sfu, c.var.viewer.sfuSession, updates);
      if (!updated.ok) return sfuProblem(c, updated.fault);
      const shown = updated.value.map((track) => (track.failed === null ? track.mid : null));
      return c.json({ offer: null, seats: wanted.answer(shown) });
    },
  )
  .post(
    `${base}/:viewer/close`,
    describe({ summary: "Stop watching seats", tag, answers: { 204: null }, problems: viewerRefusals }),
    ...proctor,
    requireViewer,
    jsonBody(closeSeatsSchema),
    async (c) => {
      const closed = await closeTracks(c.var.settings.sfu, c.var.viewer.sfuSession, c.req.valid("json").mids);
      return closed.ok ? c.body(null, 204) : sfuProblem(c, closed.fault);
    },
  );

/**
 * Finds the tracks of seats through the exam session, which knows only its own candidates and shows only those who
 * consented and are still at it. `answer` takes the mids of `found`, in that order, and answers all seats as asked.
 */
async function resolve<Wanted extends Seat>(
  env: Pick<Env, "EXAM_SESSIONS">,
  examSessionId: ExamSessionId,
  seats: readonly Wanted[],
) {
  const live = await examSession(env, examSessionId).liveMedia([...new Set(seats.map(({ attemptId }) => attemptId))]);
  const found: (TrackSource & { readonly seat: Wanted })[] = [];
  for (const seat of seats) {
    const source = sourceOf(seat, live);
    if (source !== null) found.push({ ...source, seat });
  }
  return {
    found,
    answer: (mids: readonly (string | null)[]) =>
      seats.map((seat) => {
        const at = found.findIndex((item) => item.seat === seat);
        return { attemptId: seat.attemptId, track: seat.track, mid: mids[at] ?? null };
      }),
  };
}
