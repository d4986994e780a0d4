import type { RecordedTrack } from "#domain/attempt/command.ts";
import { type AttemptRecord, attemptRecordSchema, type Recording, recordingSchema } from "#protocol/http/review.ts";
import { type Result, resultListSchema } from "#protocol/http/sitting.ts";
import { expect } from "@playwright/test";
import type { ApiClient } from "#tools/seed/api-client.ts";

export function recordOf(admin: ApiClient, attemptId: string): Promise<AttemptRecord> {
  return admin.request("GET", `/v1/attempts/${attemptId}`, null, attemptRecordSchema);
}

export function recordingOf(admin: ApiClient, attemptId: string): Promise<Recording> {
  return admin.request("GET", `/v1/attempts/${attemptId}/recording`, null, recordingSchema);
}

export async function resultOf(admin: ApiClient, sittingId: string, attemptId: string): Promise<Result | null> {
  const { results } = await admin.request("GET", `/v1/sittings/${sittingId}/results`, null, resultListSchema);
  return results.find((result) => result.attemptId === attemptId) ?? null;
}

/** What was answered, in the order of the paper, null where nothing was. */
export async function responsesOf(admin: ApiClient, attemptId: string) {
  return (await recordOf(admin, attemptId)).items.map(({ response }) => response);
}

export type Segments = Recording["segments"];

export function runOf(segments: Segments, track: RecordedTrack, run: number): Segments {
  return segments.filter((segment) => segment.track === track && segment.run === run);
}

/** Every index from 0 is there, and each segment begins where the one before it ended. */
export function expectNoGap(run: Segments): void {
  expect(run.map(({ index }) => index)).toEqual(run.map((_segment, place) => place));
  expect(run.every(({ present }) => present)).toBe(true);
  expect(run.slice(1).map(({ startsAt }) => startsAt)).toEqual(run.slice(0, -1).map(({ endsAt }) => endsAt));
}
