import { Hono } from "hono";
import * as v from "valibot";
import { holdOf } from "#domain/attempt/review.ts";
import type { Attempt } from "#domain/attempt/state.ts";
import { itemsOf } from "#domain/exam/exam-version.ts";
import type { AttemptId } from "#domain/exam/ids.ts";
import type { Score } from "#domain/scoring/score-attempt.ts";
import { idField } from "#protocol/http/field.ts";
import {
  type AttemptRecord,
  attemptRecordSchema,
  type RecordFile,
  recordFileSchema,
  recordFormat,
} from "#protocol/http/review.ts";
import { deletionListSchema } from "#protocol/http/retention.ts";
import type { SessionRecord, SignedLog } from "#protocol/session/rpc.ts";
import type { AppEnv } from "../app-env.ts";
import { requirePermission } from "../auth/require-member.ts";
import { type AttemptPlace, attemptReader } from "../database/attempt-reader.ts";
import { retentionReader } from "../database/retention-reader.ts";
import { describe } from "../describe.ts";
import { examSession } from "../exam-sessions.ts";
import { problem } from "../problem.ts";
import { pathIds } from "../validate.ts";

const readers = requirePermission("read-results");
const attemptPath = v.object({ attemptId: idField<AttemptId>() });
const problems = ["not-signed-in", "not-allowed", "not-found"] as const;

export const attemptRoutes = new Hono<AppEnv>()
  .get(
    "/v1/attempts/:attemptId",
    describe({
      summary: "Read everything of one attempt: its log, answers and score",
      tag: "Review",
      answers: { 200: attemptRecordSchema },
      problems: [...problems, "erased"],
    }),
    readers,
    pathIds(attemptPath),
    async (c) => {
      const place = await attemptReader(c.var.home.database, c.var.member.tenantId).place(
        c.req.valid("param").attemptId,
      );
      if (place === null) return problem(c, "not-found");
      const session = examSession(c.env, place.examSessionId);
      const record = await session.record(place.attemptId);
      if (record !== null) return c.json(recordOf(place, record));
      const left = await session.signedLog(place.attemptId);
      return left === null ? problem(c, "not-found") : problem(c, "erased", erasedWords(left));
    },
  )
  .get(
    "/v1/attempts/:attemptId/deletions",
    describe({
      summary: "What of an attempt was deleted, when, and by which rule",
      tag: "Review",
      answers: { 200: deletionListSchema },
      problems,
    }),
    readers,
    pathIds(attemptPath),
    async (c) => {
      const { attemptId } = c.req.valid("param");
      const { tenantId } = c.var.member;
      const { database } = c.var.home;
      if ((await attemptReader(database, tenantId).place(attemptId)) === null) return problem(c, "not-found");
      return c.json({ deletions: await retentionReader(database, tenantId).deletionsOf(attemptId) });
    },
  )
  .get(
    "/v1/attempts/:attemptId/record",
    describe({
      summary: "Download an attempt's log as it is stored, to keep and to check receipts against",
      tag: "Review",
      answers: { 200: recordFileSchema },
      problems,
    }),
    readers,
    pathIds(attemptPath),
    async (c) => {
      const place = await attemptReader(c.var.home.database, c.var.member.tenantId).place(
        c.req.valid("param").attemptId,
      );
      if (place === null) return problem(c, "not-found");
      const log = await examSession(c.env, place.examSessionId).signedLog(place.attemptId);
      if (log === null) return problem(c, "not-found");
      c.header("content-disposition", `attachment; filename="invigil-record-${place.attemptId}.json"`);
      return c.json(recordFileOf(place, log));
    },
  );

/** [D7] By which rule, and when. */
function erasedWords({ erased }: SignedLog): string {
  const on = new Date(erased?.at ?? 0).toISOString().slice(0, 10);
  const why = erased?.why === "erasure" ? "its candidate asked for it" : "the time for which it is kept is over";
  return `What happened in this attempt was erased on ${on}: ${why}. Its record still verifies receipts.`;
}

function recordFileOf({ exam, attemptId, name }: AttemptPlace, { texts, erased, checkpoint }: SignedLog): RecordFile {
  // A checkpoint's first line is its origin.
  const origin = checkpoint.slice(0, checkpoint.indexOf("\n"));
  const log: RecordFile = {
    format: recordFormat,
    origin,
    attemptId,
    name,
    examTitle: exam.title,
    checkpoint,
    events: [...texts],
  };
  return erased === null ? log : { ...log, erased: { ...erased, leaves: [...erased.leaves] } };
}

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
    hold: attempt.status === "unregistered" ? null : holdOf(attempt),
    checkpoint,
  };
}

function scoreOf(attempt: Attempt): Score | null {
  return attempt.status === "handed-in" || attempt.status === "terminated" ? attempt.score : null;
}
