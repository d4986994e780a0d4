import type { AttemptId, TenantId } from "#domain/exam/ids.ts";
import type { MediaClass } from "#domain/retention/data-class.ts";
import { newWrappedKey, tenantKey, unwrapKey, type AttemptKey } from "./encryption.ts";

/** Whose recording it is. */
export type RecordingOf = { readonly tenantId: TenantId; readonly attemptId: AttemptId };

/** The folder of one attempt: its keys, and every object that only these keys open. */
export function folderOf({ tenantId, attemptId }: RecordingOf): string {
  return `${tenantId}/${attemptId}/`;
}

/** The part of an attempt's folder that has what is of one class; a recording is in the folder itself, by track. */
const folders: Readonly<Record<MediaClass, string>> = { recordings: "", snapshots: "stills/", identity: "identity/" };

/** What is of this class within an attempt; the folder itself, where all the others are too, for `recordings`. */
export function classFolderOf(recording: RecordingOf, of: MediaClass): string {
  return `${folderOf(recording)}${folders[of]}`;
}

/** Which class the object of this name is of. */
export function mediaClassOf(recording: RecordingOf, name: string): MediaClass {
  if (name.startsWith(classFolderOf(recording, "snapshots"))) return "snapshots";
  return name.startsWith(classFolderOf(recording, "identity")) ? "identity" : "recordings";
}

/** Where the wrapped key of one class of an attempt is. Deleting this object makes all of that class unreadable for good. */
export function keyObjectOf(recording: RecordingOf, of: MediaClass): string {
  return `${classFolderOf(recording, of)}key`;
}

/** The key of one class of an attempt, null when it has none (nothing was stored, or the key was destroyed). */
export async function readAttemptKey(
  bucket: R2Bucket,
  recordingKey: Uint8Array<ArrayBuffer>,
  recording: RecordingOf,
  of: MediaClass,
): Promise<AttemptKey | null> {
  const name = keyObjectOf(recording, of);
  const stored = await bucket.get(name);
  if (stored === null) return null;
  const wrapped = new Uint8Array(await stored.arrayBuffer());
  const key = await unwrapKey(await tenantKey(recordingKey, recording.tenantId), wrapped, name);
  if (key.ok) return key.value;
  throw new Error(
    `The key ${of} of attempt ${recording.attemptId} does not open (${key.fault}): ` +
      "RECORDING_KEY is not the one that it was wrapped with, or the stored key was changed",
  );
}

/** Whether what is of this class in an attempt was deleted, or is just being erased. */
export type IsGone = (of: MediaClass) => Promise<boolean>;

/**
 * The key of one class of an attempt, made now if there is none. It is written once: of two that are made at a time, one stays.
 * Null where the one before was destroyed for good: `isGone` is asked only before a key is made.
 */
export async function attemptKey(
  bucket: R2Bucket,
  recordingKey: Uint8Array<ArrayBuffer>,
  recording: RecordingOf,
  of: MediaClass,
  isGone: IsGone,
): Promise<AttemptKey | null> {
  const known = await readAttemptKey(bucket, recordingKey, recording, of);
  if (known !== null) return known;
  if (await isGone(of)) return null;
  const name = keyObjectOf(recording, of);
  const wrapped = await newWrappedKey(await tenantKey(recordingKey, recording.tenantId), name);
  await bucket.put(name, wrapped, { onlyIf: new Headers({ "if-none-match": "*" }) });
  // Read back rather than kept: another request may have been the first.
  const written = await readAttemptKey(bucket, recordingKey, recording, of);
  if (written === null) throw new Error(`The key ${of} of attempt ${recording.attemptId} was not written`);
  return written;
}
