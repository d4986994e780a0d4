import * as v from "valibot";
import { mostItemsInSection } from "#domain/exam/add-items.ts";
import { takeOverPolicies } from "#domain/exam/exam-version.ts";
import type { ExamId, ExamVersionId, ItemId, SectionId } from "#domain/exam/ids.ts";
import {
  identityCaptures,
  type IntegrityPolicy,
  policyNames,
  responses,
  severities,
  stillSources,
} from "#domain/integrity/policy.ts";
import { signalKinds } from "#domain/integrity/signal.ts";
import { epochMs, idField, line } from "./field.ts";
import { pageEntries } from "./page.ts";
import { rowFaultSchema } from "./problem.ts";

const prompt = line(8000);
const points = v.pipe(v.number(), v.minValue(0.01), v.maxValue(1000));
const category = v.nullable(line(100));
const option = v.object({
  id: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
  text: line(2000),
});
const options = v.pipe(v.array(option), v.minLength(2), v.maxLength(20));
const itemFields = { id: idField<ItemId>(), prompt, points, category };
const singleChoice = { kind: v.literal("single-choice"), ...itemFields, options, key: v.string() };
const multipleChoice = {
  kind: v.literal("multiple-choice"),
  ...itemFields,
  options,
  key: v.pipe(v.array(v.string()), v.minLength(1)),
  partialCredit: v.boolean(),
};
const numeric = {
  kind: v.literal("number"),
  ...itemFields,
  unit: v.nullable(line(40)),
  key: v.object({
    value: v.pipe(v.number(), v.finite()),
    tolerance: v.pipe(v.number(), v.finite(), v.minValue(0)),
  }),
};
const shortText = {
  kind: v.literal("short-text"),
  ...itemFields,
  key: v.object({
    accepted: v.pipe(v.array(line(400)), v.minLength(1), v.maxLength(50)),
    caseSensitive: v.boolean(),
  }),
};

/** One item with its key, as authors write it. What the key must agree with is checked by domain/exam. */
const itemSchema = v.variant("kind", [
  v.object(singleChoice),
  v.object(multipleChoice),
  v.object(numeric),
  v.object(shortText),
]);

/** `section`: the id of the one that it goes into. `id`: left out, it is given one. */
const place = { id: v.optional(idField<ItemId>()), section: idField<SectionId>() };

/** A row of `POST /v1/exams/{examId}/items`. */
export const newItemSchema = v.variant("kind", [
  v.object({ ...singleChoice, ...place }),
  v.object({ ...multipleChoice, ...place }),
  v.object({ ...numeric, ...place }),
  v.object({ ...shortText, ...place }),
]);

/** What it answers: each row is added or refused by itself. */
export const addedItemsSchema = v.object({
  added: v.array(v.object({ row: v.number(), section: idField<SectionId>(), itemId: idField<ItemId>() })),
  refused: v.array(rowFaultSchema),
  updatedAt: epochMs,
});
export type AddedItems = v.InferOutput<typeof addedItemsSchema>;

const upToFourHours = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(4 * 60 * 60 * 1000));
const timing = v.object({
  breaks: v.object({ count: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(10)), longestMs: upToFourHours }),
  outageCreditMs: upToFourHours,
});

const upToAnHour = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(60 * 60 * 1000));
const integrityRule = v.object({
  windowMs: upToAnHour,
  coolDownMs: upToAnHour,
  severity: v.picklist(severities),
  response: v.picklist(responses),
  evidence: v.array(v.picklist(stillSources)),
  tellsCandidate: v.boolean(),
});
/** What the exam has otherwise than its preset; a rule that is null is off. */
const policyChanges = v.object({
  rules: v.exactOptional(v.record(v.picklist(signalKinds), v.nullable(integrityRule))),
  identity: v.exactOptional(v.array(v.picklist(identityCaptures))),
  reviewers: v.exactOptional(v.picklist([1, 2])),
});

/** What an author writes: `POST /v1/exams`, `PUT /v1/exams/{examId}`. */
export const examDraftSchema = v.pipe(
  v.object({
    title: line(200),
    instructions: v.pipe(v.string(), v.maxLength(8000)),
    durationMs: v.pipe(v.number(), v.integer(), v.minValue(60_000), v.maxValue(12 * 60 * 60 * 1000)),
    sections: v.pipe(
      v.array(
        v.object({
          id: idField<SectionId>(),
          title: line(200),
          items: v.pipe(v.array(itemSchema), v.maxLength(mostItemsInSection)),
          timeLimitMs: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(60_000))),
        }),
      ),
      v.maxLength(20),
    ),
    policy: v.picklist(policyNames),
    policyChanges: v.exactOptional(policyChanges),
    takeOver: v.exactOptional(v.picklist(takeOverPolicies)),
    timing: v.exactOptional(timing),
  }),
  v.title("ExamDraft"),
);
export type ExamDraft = v.InferOutput<typeof examDraftSchema>;

/** A published version as it is listed. */
export const examVersionSummarySchema = v.pipe(
  v.object({
    id: idField<ExamVersionId>(),
    number: v.number(),
    publishedAt: epochMs,
  }),
  v.title("ExamVersionSummary"),
);

/** `GET /v1/exams`: `{ exams: [..] }`. */
export const examSummarySchema = v.pipe(
  v.object({
    id: idField<ExamId>(),
    title: v.string(),
    items: v.number(),
    durationMs: v.number(),
    updatedAt: epochMs,
    latestVersion: v.nullable(examVersionSummarySchema),
  }),
  v.title("ExamSummary"),
);
export type ExamSummary = v.InferOutput<typeof examSummarySchema>;
/** `GET /v1/exams`, the latest changed first. */
export const examQuerySchema = v.object({ ...pageEntries<ExamId>(200) });
export type ExamQuery = v.InferOutput<typeof examQuerySchema>;
export const examListSchema = v.object({ exams: v.array(examSummarySchema), next: v.nullable(idField<ExamId>()) });

/** `GET /v1/exams/{examId}`. `POST /v1/exams/{examId}/versions` publishes the draft and answers an `examVersionSummarySchema`. */
export const examSchema = v.pipe(
  v.object({
    id: idField<ExamId>(),
    draft: examDraftSchema,
    updatedAt: epochMs,
    /** `integrity`: the policy that the version froze; null in one from before that was done. */
    versions: v.array(
      v.object({
        ...examVersionSummarySchema.entries,
        integrity: v.nullable(v.custom<IntegrityPolicy>((value) => typeof value === "object" && value !== null)),
      }),
    ),
  }),
  v.title("Exam"),
);
export type Exam = v.InferOutput<typeof examSchema>;
