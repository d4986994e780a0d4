import { Hono } from "hono";
import * as v from "valibot";
import type { Attempt } from "#domain/attempt/state.ts";
import { itemsOf } from "#domain/exam/exam-version.ts";
import type { AttemptId } from "#domain/exam/ids.ts";
import type { Score } from "#domain/scoring/score-attempt.ts";
import { idField } from "#protocol/http/field.ts";
import { type AttemptRecord, attemptRecordSchema } from "#protocol/http/review.ts";
import type { SessionRecord } from "#protocol/session/rpc.ts";
import type { AppEnv } from "../app-env.ts";
import { requireMember } from "../auth/require-member.ts";
import { type AttemptPlace, attemptReader } from "../database/attempt-reader.ts";
import { describe } from "../describe.ts";
import { examSession } from "../exam-sessions.ts";
import { problem } from "../problem.ts";
import { pathIds } from "../validate.ts";

export const attemptRoutes = new Hono<AppEnv>().get(
  "/v1/attempts/:attemptId",
  describe({
    summary: "Read everything of one attempt: its log, answers and score",
    tag: "Review",
    answers: { 200: attemptRecordSchema },
    problems: ["not-signed-in", "not-allowed", "not-found"],
  }),
  requireMember("admin", "reviewer", "auditor"),
  pathIds(v.object({ attemptId: idField<AttemptId>() })),
  async (c) => {
    const place = await attemptReader(c.env.DB, c.var.member.tenantId).place(c.req.valid("param").attemptId);
    if (place === null) return problem(c, "not-found");
    const record = await examSession(c.env, place.examSessionId).record(place.attemptId);
    return record === null ? problem(c, "not-found") : c.json(recordOf(place, record));
  },
);

function recordOf({ exam, ...place }: AttemptPlace, { attempt, events, checkpoint }: SessionRecord): AttemptRecord {
  const score = scoreOf(attempt);
  const answers = "work" in attempt ? attempt.work.answers : {};
  return {
    attemptId: place.attemptId,
    sittingId: place.sittingId,
    name: place.name,
    examTitle: exam.title,
    status: attempt.status,
    events: [...events],
    items: itemsOf(exam).map((item) => ({
      item,
      response: answers[item.id]?.response ?? null,
      score: score?.items.find(({ itemId }) => itemId === item.id) ?? null,
    })),
    score,
    checkpoint,
  };
}

function scoreOf(attempt: Attempt): Score | null {
  return attempt.status === "handed-in" || attempt.status === "terminated" ? attempt.score : null;
}
