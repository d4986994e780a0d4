import type { AttemptEvent } from "#domain/attempt/event.ts";
import { type Hold, reviewVerdicts } from "#domain/attempt/review.ts";
import type { Item } from "#domain/exam/item.ts";
import type { Response } from "#domain/exam/response.ts";
import type { Score } from "#domain/scoring/score-attempt.ts";
import type { ItemScore } from "#domain/scoring/score-item.ts";
import * as v from "valibot";
import type { AttemptId, SittingId } from "#domain/exam/ids.ts";
import { recordedTracks } from "#domain/attempt/command.ts";
import { epochMs, idField, line, sha256Hex } from "./field.ts";

/**
 * `GET /v1/attempts/{attemptId}`: everything a reviewer reads of one attempt. The log's events and the scores are typed
 * by the domain; the schema lets them through because the log's own reader has parsed them.
 */
export const attemptRecordSchema = v.object({
  attemptId: idField<AttemptId>(),
  sittingId: idField<SittingId>(),
  name: v.string(),
  examTitle: v.string(),
  status: v.string(),
  events: v.array(v.custom<AttemptEvent>((value) => typeof value === "object" && value !== null)),
  items: v.array(
    v.object({
      item: v.custom<Item>((value) => typeof value === "object" && value !== null),
      response: v.nullable(v.custom<Response>((value) => typeof value === "object" && value !== null)),
      score: v.nullable(v.custom<ItemScore>((value) => typeof value === "object" && value !== null)),
    }),
  ),
  /** Also where it is held or was voided: `hold` says so, and it is not to be used then. */
  score: v.nullable(v.custom<Score>((value) => typeof value === "object" && value !== null)),
  hold: v.nullable(v.custom<Hold>((value) => typeof value === "object" && value !== null)),
  /** The latest signed checkpoint over the attempt's log, null while there is none. */
  checkpoint: v.nullable(v.string()),
});
export type AttemptRecord = v.InferOutput<typeof attemptRecordSchema>;

/** `POST /v1/attempts/{attemptId}/hold`: a person holds the result. The candidate reads the reason. */
export const holdSchema = v.object({ reason: line(1000) });

/** `POST /v1/attempts/{attemptId}/decisions`: a person decides of what is held. */
export const decisionSchema = v.object({ verdict: v.picklist(reviewVerdicts), reason: line(1000) });

/** What a record file calls itself, and its version: it is kept for years, and read by programs that are not this one. */
export const recordFormat = "invigil-record/1";

/**
 * `GET /v1/attempts/{attemptId}/record`: the attempt's log to keep and to check receipts against. `events` are the
 * stored texts: the UTF-8 bytes of each are a leaf of the tree whose head `checkpoint` signs. `origin` is that tree's.
 */
export const recordFileSchema = v.object({
  format: v.literal(recordFormat),
  origin: v.string(),
  attemptId: idField<AttemptId>(),
  name: v.string(),
  examTitle: v.string(),
  checkpoint: v.string(),
  events: v.array(v.string()),
  /** Where the events were erased: when, why, and in base64 the hash of each leaf. Then `events` is empty. */
  erased: v.optional(v.object({ at: epochMs, why: v.picklist(["period", "erasure"]), leaves: v.array(v.string()) })),
});
export type RecordFile = v.InferOutput<typeof recordFileSchema>;

/** `GET /v1/attempts/{attemptId}/recording`: the manifest, in order of track, run and index. `url` is signed and short-lived. */
export const recordingSchema = v.object({
  segments: v.array(
    v.object({
      track: v.picklist(recordedTracks),
      run: v.number(),
      index: v.number(),
      sha256: sha256Hex,
      bytes: v.number(),
      startsAt: epochMs,
      endsAt: epochMs,
      /** False when the store no longer holds what the log says. */
      present: v.boolean(),
      url: v.nullable(v.string()),
    }),
  ),
});
export type Recording = v.InferOutput<typeof recordingSchema>;
