import * as v from "valibot";
import type {
  AttemptId,
  CandidateId,
  ExamId,
  ExamSessionId,
  ExamVersionId,
  MemberId,
  RegistrationId,
  SittingId,
} from "#domain/exam/ids.ts";
import { epochMs, idField, line } from "./field.ts";

/** `POST /v1/sittings`: schedules one delivery of a published version. Answers `sittingSchema`. */
export const newSittingSchema = v.pipe(
  v.object({
    examVersionId: idField<ExamVersionId>(),
    title: line(200),
    opensAt: epochMs,
    closesAt: epochMs,
  }),
  v.check(({ opensAt, closesAt }) => opensAt < closesAt, "A sitting closes after it opens."),
);

export const sittingSummarySchema = v.object({
  id: idField<SittingId>(),
  examSessionId: idField<ExamSessionId>(),
  examId: idField<ExamId>(),
  examVersionId: idField<ExamVersionId>(),
  examTitle: v.string(),
  title: v.string(),
  opensAt: epochMs,
  closesAt: epochMs,
  candidates: v.number(),
});
export type SittingSummary = v.InferOutput<typeof sittingSummarySchema>;
/** `GET /v1/sittings`. */
export const sittingListSchema = v.object({ sittings: v.array(sittingSummarySchema) });

/** `POST /v1/sittings/{sittingId}/registrations`: adds candidates. Answers `newRegistrationsAnswerSchema`. */
export const newRegistrationsSchema = v.object({
  candidates: v.pipe(
    v.array(
      v.object({
        name: line(200),
        email: v.nullable(v.pipe(v.string(), v.email(), v.maxLength(254))),
      }),
    ),
    v.minLength(1),
    v.maxLength(200),
  ),
});

/** The link is answered once, when it is made; only its hash is kept. */
export const issuedLinkSchema = v.object({
  registrationId: idField<RegistrationId>(),
  attemptId: idField<AttemptId>(),
  name: v.string(),
  link: v.string(),
  expiresAt: epochMs,
});
/** Also the answer to `POST /v1/sittings/{sittingId}/registrations/{registrationId}/link`, which makes the old link void. */
export const issuedLinksSchema = v.object({ links: v.array(issuedLinkSchema) });
export type IssuedLink = v.InferOutput<typeof issuedLinkSchema>;

const registrationSchema = v.object({
  id: idField<RegistrationId>(),
  candidateId: idField<CandidateId>(),
  attemptId: idField<AttemptId>(),
  name: v.string(),
  email: v.nullable(v.string()),
});

const proctorSchema = v.object({
  memberId: idField<MemberId>(),
  name: v.string(),
  email: v.string(),
});

/** `GET /v1/sittings/{sittingId}`. */
export const sittingSchema = v.object({
  ...sittingSummarySchema.entries,
  registrations: v.array(registrationSchema),
  proctors: v.array(proctorSchema),
});
export type Sitting = v.InferOutput<typeof sittingSchema>;

/** `PUT /v1/sittings/{sittingId}/proctors`: the whole list of who proctors it. Answers `sittingSchema`. */
export const assignProctorsSchema = v.object({
  memberIds: v.pipe(v.array(idField<MemberId>()), v.maxLength(100)),
});

/** `GET /v1/members?role=proctor`. */
export const memberListSchema = v.object({ members: v.array(proctorSchema) });

/** `GET /v1/exam-sessions`: the sessions that the signed-in proctor is assigned to. */
export const examSessionListSchema = v.object({ sessions: v.array(sittingSummarySchema) });

/** `GET /v1/sittings/{sittingId}/results`. */
export const resultSchema = v.object({
  attemptId: idField<AttemptId>(),
  name: v.string(),
  status: v.string(),
  openedAt: v.nullable(epochMs),
  closedAt: v.nullable(epochMs),
  points: v.nullable(v.number()),
  outOf: v.nullable(v.number()),
  violations: v.number(),
});
export type Result = v.InferOutput<typeof resultSchema>;
export const resultListSchema = v.object({ results: v.array(resultSchema) });
