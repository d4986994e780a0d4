import { Hono } from "hono";
import * as v from "valibot";
import { policyFrom } from "#domain/integrity/policy.ts";
import { type DraftFault, draftFaults } from "#domain/exam/draft-fault.ts";
import type { ExamId, ExamVersionId } from "#domain/exam/ids.ts";
import {
  examDraftSchema,
  examListSchema,
  examQuerySchema,
  examSchema,
  examVersionSummarySchema,
} from "#protocol/http/exam.ts";
import { idField } from "#protocol/http/field.ts";
import type { AppEnv } from "../app-env.ts";
import { requirePermission } from "../auth/require-member.ts";
import { examReader } from "../database/exam-reader.ts";
import { examWriter } from "../database/exam-writer.ts";
import { describe } from "../describe.ts";
import { etagOf, momentsToMatch, takesIfMatch } from "../etag.ts";
import { newId } from "../new-id.ts";
import { problem } from "../problem.ts";
import { jsonBody, pathIds, query } from "../validate.ts";

const tag = "Exams";
const examPath = v.object({ examId: idField<ExamId>() });

export const examRoutes = new Hono<AppEnv>()
  .get(
    "/v1/exams",
    describe({
      summary: "List the exams of the institution",
      tag,
      answers: { 200: examListSchema },
      problems: ["bad-request", "not-signed-in", "not-allowed"],
    }),
    requirePermission("read-exams"),
    query(examQuerySchema),
    async (c) => c.json(await examReader(c.var.home.database, c.var.member.tenantId).list(c.req.valid("query"))),
  )
  .post(
    "/v1/exams",
    describe({
      summary: "Begin an exam with a first draft",
      tag,
      hasEtag: true,
      answers: { 201: examSchema },
      problems: ["bad-request", "not-signed-in", "not-allowed"],
    }),
    requirePermission("write-exams"),
    jsonBody(examDraftSchema),
    async (c) => {
      const id = newId<ExamId>();
      const draft = c.req.valid("json");
      const now = Date.now();
      await examWriter(c.var.home.database, c.var.acting).create(id, draft, now);
      c.header("etag", etagOf({ updatedAt: now }));
      return c.json({ id, draft, updatedAt: now, versions: [] }, 201);
    },
  )
  .get(
    "/v1/exams/:examId",
    describe({
      summary: "Read an exam: its draft and its published versions",
      tag,
      hasEtag: true,
      answers: { 200: examSchema },
      problems: ["not-signed-in", "not-allowed", "not-found"],
    }),
    requirePermission("read-exams"),
    pathIds(examPath),
    async (c) => {
      const exam = await examReader(c.var.home.database, c.var.member.tenantId).byId(c.req.valid("param").examId);
      if (exam === null) return problem(c, "not-found");
      c.header("etag", etagOf(exam));
      return c.json(exam);
    },
  )
  .put(
    "/v1/exams/:examId",
    describe({
      summary: "Replace the draft",
      tag,
      hasEtag: true,
      answers: { 200: examSchema },
      problems: ["bad-request", "not-signed-in", "not-allowed", "not-found"],
    }),
    requirePermission("write-exams"),
    takesIfMatch,
    pathIds(examPath),
    jsonBody(examDraftSchema),
    async (c) => {
      const { tenantId } = c.var.member;
      const { examId } = c.req.valid("param");
      const draft = c.req.valid("json");
      const writer = examWriter(c.var.home.database, c.var.acting);
      const updatedAt = await writer.putDraft(examId, draft, Date.now(), momentsToMatch(c));
      const exam = await examReader(c.var.home.database, tenantId).byId(examId);
      if (exam === null) return problem(c, "not-found");
      if (updatedAt === null) return problem(c, "changed-meanwhile");
      // Somebody may have changed it again by now: the answer is what this request has made of it.
      c.header("etag", etagOf({ updatedAt }));
      return c.json({ ...exam, draft, updatedAt });
    },
  )
  .post(
    "/v1/exams/:examId/versions",
    describe({
      summary: "Publish the draft as a version that never changes",
      tag,
      answers: { 201: examVersionSummarySchema },
      problems: ["not-signed-in", "not-allowed", "not-found", "refused", "conflict"],
    }),
    requirePermission("write-exams"),
    pathIds(examPath),
    async (c) => {
      const { tenantId } = c.var.member;
      const { examId } = c.req.valid("param");
      const exam = await examReader(c.var.home.database, tenantId).byId(examId);
      if (exam === null) return problem(c, "not-found");
      const faults = draftFaults(exam.draft);
      if (faults.length > 0) return problem(c, "refused", faultsText(faults));
      const id = newId<ExamVersionId>();
      const number = (exam.versions.at(-1)?.number ?? 0) + 1;
      const publishedAt = Date.now();
      const { policyChanges, ...draft } = exam.draft;
      // Frozen with the version: what candidates consent to and are judged by, whatever a preset means later. [I8]
      const version = { ...draft, integrity: policyFrom(draft.policy, policyChanges), id, examId, number };
      const isPublished = await examWriter(c.var.home.database, c.var.acting).publish(version, publishedAt);
      return isPublished ? c.json({ id, number, publishedAt }, 201) : problem(c, "conflict");
    },
  );

function faultsText(faults: readonly DraftFault[]): string {
  const some = faults.slice(0, 20).map(({ path, reason }) => `${path}: ${reason}`);
  return `The draft cannot be published. ${some.join("; ")}.`;
}
