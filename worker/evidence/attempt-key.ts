import type { AttemptId, TenantId } from "#domain/exam/ids.ts";
import { newWrappedKey, tenantKey, unwrapKey, type AttemptKey } from "./encryption.ts";

/** Whose recording it is. */
export type RecordingOf = { readonly tenantId: TenantId; readonly attemptId: AttemptId };

/** The folder of one attempt: its key, and every object that only this key opens. */
export function folderOf({ tenantId, attemptId }: RecordingOf): string {
  return `${tenantId}/${attemptId}/`;
}

/** Where an attempt's wrapped key is. Deleting this object makes the recording unreadable for good. */
export function keyObjectOf(recording: RecordingOf): string {
  return `${folderOf(recording)}key`;
}

/** The key of an attempt, null when it has none (nothing was recorded, or the key was destroyed). */
export async function readAttemptKey(
  bucket: R2Bucket,
  recordingKey: Uint8Array<ArrayBuffer>,
  recording: RecordingOf,
): Promise<AttemptKey | null> {
  const name = keyObjectOf(recording);
  const stored = await bucket.get(name);
  if (stored === null) return null;
  const wrapped = new Uint8Array(await stored.arrayBuffer());
  const key = await unwrapKey(await tenantKey(recordingKey, recording.tenantId), wrapped, name);
  if (key.ok) return key.value;
  throw new Error(
    `The recording key of attempt ${recording.attemptId} does not open (${key.fault}): ` +
      "RECORDING_KEY is not the one that it was wrapped with, or the stored key was changed",
  );
}

/** The key of an attempt, made now if there is none. It is written once: of two that are made at a time, one stays. */
export async function attemptKey(
  bucket: R2Bucket,
  recordingKey: Uint8Array<ArrayBuffer>,
  recording: RecordingOf,
): Promise<AttemptKey> {
  const known = await readAttemptKey(bucket, recordingKey, recording);
  if (known !== null) return known;
  const name = keyObjectOf(recording);
  const wrapped = await newWrappedKey(await tenantKey(recordingKey, recording.tenantId), name);
  await bucket.put(name, wrapped, { onlyIf: new Headers({ "if-none-match": "*" }) });
  // Read back rather than kept: another request may have been the first.
  const written = await readAttemptKey(bucket, recordingKey, recording);
  if (written === null) throw new Error(`The recording key of attempt ${recording.attemptId} was not written`);
  return written;
}
