import * as v from "valibot";
import { liveTracks, recordedTracks } from "#domain/attempt/command.ts";
import { largestSegmentBytes } from "#domain/attempt/evidence.ts";
import type { Door } from "#domain/attempt/take-over.ts";
import type { AttemptId } from "#domain/exam/ids.ts";
import { epochMs, idField, sha256Hex } from "./field.ts";

/** `POST /v1/check-in`: exchanges a guest link's token for the cookie of that attempt. Answers an `arrivalSchema`. */
export const checkInSchema = v.object({
  token: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{20,200}$/)),
});

/** What a browser with the attempt's link may do; domain/attempt/take-over.ts has the words' meaning. */
export const doorSchema: v.GenericSchema<unknown, Door> = v.object({
  way: v.variant("kind", [
    v.object({ kind: v.literal("in") }),
    v.object({ kind: v.literal("take-over") }),
    v.object({ kind: v.literal("ask"), refusedBecause: v.nullable(v.string()) }),
    v.object({ kind: v.literal("asked"), at: epochMs }),
    v.object({ kind: v.literal("asked-elsewhere") }),
    v.object({ kind: v.literal("too-often") }),
    v.object({ kind: v.literal("over") }),
  ]),
  leftAt: v.nullable(epochMs),
});

/** Whose attempt it is, and what of: told to the browser that may go on with it. */
export const checkedInSchema = v.object({
  attemptId: idField<AttemptId>(),
  name: v.string(),
  tenantName: v.string(),
  examTitle: v.string(),
  sittingTitle: v.string(),
  opensAt: epochMs,
  closesAt: epochMs,
  durationMs: v.number(),
});
export type CheckedIn = v.InferOutput<typeof checkedInSchema>;

/**
 * Also `GET /v1/sit/{attemptId}`, for a reload and for who waits at the door: another browser learns nothing of the
 * attempt but what it may do about it. `POST /v1/sit/{attemptId}/take-over` asks to go on in this browser, or goes on, as
 * the exam says; it answers a `doorSchema`.
 */
export const arrivalSchema = v.object({
  attemptId: idField<AttemptId>(),
  door: doorSchema,
  checkedIn: v.nullable(checkedInSchema),
});
export type Arrival = v.InferOutput<typeof arrivalSchema>;

const sdp = v.pipe(v.string(), v.minLength(1), v.maxLength(100_000));

/** `POST /v1/sit/{attemptId}/media`: publishes; a new call replaces the publication before it. */
export const publishSchema = v.object({
  offer: sdp,
  tracks: v.pipe(
    v.array(v.object({ mid: v.pipe(v.string(), v.maxLength(16)), track: v.picklist(liveTracks) })),
    v.minLength(1),
    v.maxLength(liveTracks.length),
  ),
});
export const publishedSchema = v.object({ answer: v.string() });

const place = {
  track: v.picklist(recordedTracks),
  run: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100_000)),
  index: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100_000)),
};

/** One recorded chunk, as the page announces it; times are on the server's clock. */
export const segmentSchema = v.object({
  ...place,
  sha256: sha256Hex,
  bytes: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(largestSegmentBytes)),
  startsAt: epochMs,
  endsAt: epochMs,
});

/** `POST /v1/sit/{attemptId}/segments`: asks where to put segments. */
export const announceSegmentsSchema = v.object({
  segments: v.pipe(v.array(segmentSchema), v.minLength(1), v.maxLength(32)),
});

/**
 * `stored`: these very bytes are there, delete your copy. `differs`: other bytes are there already, keep yours and say
 * so. `wanted`: PUT the bytes to `url` (one object, short-lived), answered 201 with `storedSegmentSchema`.
 */
export const announcedSegmentsSchema = v.object({
  segments: v.array(
    v.variant("state", [
      v.object({ ...place, state: v.literal("stored") }),
      v.object({ ...place, state: v.literal("differs") }),
      v.object({ ...place, state: v.literal("wanted"), url: v.string() }),
    ]),
  ),
});

/** The answer to a PUT: the hash of what was stored. */
export const storedSegmentSchema = v.object({ ...place, sha256: sha256Hex });

/** `GET /v1/sit/{attemptId}/segments`: what the server holds, for the page to reconcile its spool with. */
export const segmentListSchema = v.object({ segments: v.array(storedSegmentSchema) });
