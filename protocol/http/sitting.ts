import * as v from "valibot";
import type { AttemptId, ExamId, ExamSessionId, ExamVersionId, MemberId, SittingId } from "#domain/exam/ids.ts";
import { isUsable, reviewVerdicts } from "#domain/attempt/review.ts";
import { jurisdictions, largestCapacity, regions, usualCapacity } from "#domain/exam/rooms.ts";
import { type Column, isoMoment } from "./csv.ts";
import { epochMs, idField, line } from "./field.ts";
import { pageEntries } from "./page.ts";

const region = v.nullable(v.picklist(regions));
const jurisdiction = v.nullable(v.picklist(jurisdictions));

/**
 * `POST /v1/sittings`: schedules one delivery of a published version. Answers `sittingSchema`. It begins with one room;
 * others are opened as candidates are added, of this capacity, and in this region where a candidate asks for none.
 */
export const newSittingSchema = v.pipe(
  v.object({
    examVersionId: idField<ExamVersionId>(),
    title: line(200),
    opensAt: epochMs,
    closesAt: epochMs,
    roomCapacity: v.optional(
      v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(largestCapacity)),
      usualCapacity,
    ),
    region: v.optional(region, null),
  }),
  v.check(({ opensAt, closesAt }) => opensAt < closesAt, "A sitting closes after it opens."),
);

const sittingSummarySchema = v.pipe(
  v.object({
    id: idField<SittingId>(),
    /** Its first room. */
    examSessionId: idField<ExamSessionId>(),
    examId: idField<ExamId>(),
    examVersionId: idField<ExamVersionId>(),
    examTitle: v.string(),
    title: v.string(),
    opensAt: epochMs,
    closesAt: epochMs,
    candidates: v.number(),
    roomCount: v.number(),
  }),
  v.title("SittingSummary"),
);
export type SittingSummary = v.InferOutput<typeof sittingSummarySchema>;
const moment = v.pipe(v.string(), v.regex(/^\d{1,15}$/), v.transform(Number), epochMs);

/** `GET /v1/sittings`, the latest window first. `from`, `to`: whose window has a moment between these two. */
export const sittingQuerySchema = v.object({
  exam: v.optional(idField<ExamId>()),
  from: v.optional(moment),
  to: v.optional(moment),
  ...pageEntries<SittingId>(200),
});
export type SittingQuery = v.InferOutput<typeof sittingQuerySchema>;
export const sittingListSchema = v.object({
  sittings: v.array(sittingSummarySchema),
  next: v.nullable(idField<SittingId>()),
});

const proctorSchema = v.pipe(
  v.object({
    memberId: idField<MemberId>(),
    name: v.string(),
    email: v.string(),
  }),
  v.title("Proctor"),
);

/** `number` counts from 1; `jurisdiction` is what its object is bound to, null where it is bound to none. */
const roomSchema = v.pipe(
  v.object({
    examSessionId: idField<ExamSessionId>(),
    number: v.number(),
    capacity: v.number(),
    candidates: v.number(),
    region,
    jurisdiction,
  }),
  v.title("Room"),
);
export type SittingRoom = v.InferOutput<typeof roomSchema>;

/** `GET /v1/sittings/{sittingId}`. Who sits is a list of its own (./registration.ts). `candidates` of the sitting counts all its rooms. */
export const sittingSchema = v.pipe(
  v.object({
    ...sittingSummarySchema.entries,
    /** Of rooms that are opened from now on. */
    roomCapacity: v.number(),
    region,
    /** What the institution asks its rooms to be bound to. A room that is not could not be: the platform has no such place. */
    jurisdictionAsked: jurisdiction,
    rooms: v.array(roomSchema),
    /** `isLead`: of the whole sitting, rooms that are opened later too. `examSessionIds`: the rooms, all of them for a lead. */
    proctors: v.array(
      v.object({
        ...proctorSchema.entries,
        isLead: v.boolean(),
        examSessionIds: v.array(idField<ExamSessionId>()),
      }),
    ),
  }),
  v.title("Sitting"),
);
export type Sitting = v.InferOutput<typeof sittingSchema>;

const memberIds = v.pipe(v.array(idField<MemberId>()), v.maxLength(100));

/**
 * `PUT /v1/sittings/{sittingId}/proctors`: the whole list of who proctors it: `memberIds` all its rooms, also those that
 * are opened later, and beside them the members of each room in `rooms`. Answers `sittingSchema`.
 */
export const assignProctorsSchema = v.object({
  memberIds,
  rooms: v.optional(
    v.pipe(v.array(v.object({ examSessionId: idField<ExamSessionId>(), memberIds })), v.maxLength(1_000)),
    [],
  ),
});
export type AssignProctors = v.InferOutput<typeof assignProctorsSchema>;

/**
 * `GET /v1/exam-sessions`: the rooms that the signed-in proctor is assigned to. `id` is the sitting's and `roomCount` how many
 * it has in all; `candidates` are those of this room, and `number` is its own.
 */
const examSessionSchema = v.pipe(
  v.object({
    ...sittingSummarySchema.entries,
    number: v.number(),
    jurisdiction,
    jurisdictionAsked: jurisdiction,
  }),
  v.title("ExamSession"),
);
export type ExamSession = v.InferOutput<typeof examSessionSchema>;
export const examSessionListSchema = v.object({ sessions: v.array(examSessionSchema) });

/** `GET /v1/sittings/{sittingId}/results`. */
export const resultSchema = v.pipe(
  v.object({
    attemptId: idField<AttemptId>(),
    name: v.string(),
    status: v.string(),
    openedAt: v.nullable(epochMs),
    closedAt: v.nullable(epochMs),
    /** Null too where the score was voided. */
    points: v.nullable(v.number()),
    outOf: v.nullable(v.number()),
    /** Held until people have decided, or what they decided; null where nobody held it. A held score is not to be used yet. */
    review: v.nullable(v.picklist(["held", ...reviewVerdicts])),
    violations: v.number(),
  }),
  v.title("Result"),
);
export type Result = v.InferOutput<typeof resultSchema>;
/** `GET /v1/sittings/{sittingId}/results` as CSV. A number that is not to be used is in no list of marks. [A136] */
export const resultColumns: readonly Column<Result>[] = [
  ["name", ({ name }) => name],
  ["status", ({ status }) => status],
  ["review", ({ review }) => review],
  ["points", ({ points, review }) => (isUsable(review) ? points : null)],
  ["out_of", ({ outOf }) => outOf],
  ["percent", percentOf],
  ["violations", ({ violations }) => violations],
  ["opened", ({ openedAt }) => isoMoment(openedAt)],
  ["ended", ({ closedAt }) => isoMoment(closedAt)],
  ["attempt_id", ({ attemptId }) => attemptId, "ids"],
];

function percentOf({ points, outOf, review }: Result): number | null {
  if (!isUsable(review) || points === null || outOf === null || outOf === 0) return null;
  return Math.round((points / outOf) * 1000) / 10;
}

/** `GET /v1/sittings/{sittingId}/results`, by name. */
export const resultQuerySchema = v.object({
  status: v.optional(v.pipe(v.string(), v.regex(/^[a-z-]{1,30}$/))),
  review: v.optional(v.picklist(["held", ...reviewVerdicts])),
  ...pageEntries<AttemptId>(1_000),
});
export type ResultQuery = v.InferOutput<typeof resultQuerySchema>;
export const resultListSchema = v.object({ results: v.array(resultSchema), next: v.nullable(idField<AttemptId>()) });
