import * as v from "valibot";
import { liveTracks } from "#domain/attempt/command.ts";
import type { AttemptId } from "#domain/exam/ids.ts";
import { idField } from "./field.ts";

const sdp = v.pipe(v.string(), v.minLength(1), v.maxLength(500_000));
const mid = v.pipe(v.string(), v.maxLength(16));
const seat = { attemptId: idField<AttemptId>(), track: v.picklist(liveTracks) };

/**
 * `POST /v1/exam-sessions/{examSessionId}/viewers`: a receiving peer connection. `viewer` is an opaque signed token,
 * good for this member and this exam session only.
 */
export const viewerSchema = v.object({ viewer: v.string() });

/** `POST …/viewers/{viewer}/tracks`: watch these. Answers `watchingSchema`; an offer is to be answered with PUT …/answer. */
export const watchSchema = v.object({
  seats: v.pipe(v.array(v.object(seat)), v.minLength(1), v.maxLength(64)),
});

/** `mid` is null when that track cannot be watched now (not published, not consented, over). */
export const watchingSchema = v.object({
  offer: v.nullable(v.string()),
  seats: v.array(v.object({ ...seat, mid: v.nullable(v.string()) })),
});

/** `PUT …/viewers/{viewer}/answer`, answered 204. */
export const answerSchema = v.object({ answer: sdp });

/** `PUT …/viewers/{viewer}/tracks`: the receiving mids show other tracks from now on. Answers `watchingSchema` without an offer. */
export const retargetSchema = v.object({
  seats: v.pipe(v.array(v.object({ ...seat, mid })), v.minLength(1), v.maxLength(64)),
});

/** `POST …/viewers/{viewer}/close`: stops these mids. 204. */
export const closeSeatsSchema = v.object({
  mids: v.pipe(v.array(mid), v.minLength(1), v.maxLength(64)),
});
