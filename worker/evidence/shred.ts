import { recordedTracks } from "#domain/attempt/command.ts";
import { type MediaClass, mediaClasses } from "#domain/retention/data-class.ts";
import { classFolderOf, folderOf, keyObjectOf, type RecordingOf } from "./attempt-key.ts";

/** A list and a delete of R2 take as many at a time. */
const objectsPerPage = 1_000;

/**
 * Destroys what one class of an attempt has in the bucket: first the key, with which everything else is unreadable for good,
 * wherever a copy of it may be; then the objects. [D5] Done again, or after it was cut off in the middle, it does what is
 * left. Says how many objects it deleted, without keys.
 */
export async function shred(bucket: R2Bucket, recording: RecordingOf, of: MediaClass): Promise<number> {
  if (of !== "recordings" || !(await isShared(bucket, recording))) await bucket.delete(keyObjectOf(recording, of));
  let deleted = 0;
  for (const prefix of prefixesOf(recording, of)) deleted += await deleteAll(bucket, prefix);
  if (of !== "recordings") await dropShared(bucket, recording);
  return deleted;
}

/**
 * Attempts from before each class had a key of its own have one for all. It goes with the last class that lies under it:
 * until then, of what was deleted only the objects are gone.
 */
async function dropShared(bucket: R2Bucket, recording: RecordingOf): Promise<void> {
  for (const prefix of prefixesOf(recording, "recordings")) if (await isAny(bucket, prefix)) return;
  if (!(await isShared(bucket, recording))) await bucket.delete(keyObjectOf(recording, "recordings"));
}

/** Whether there are pictures that have no key of their class. */
async function isShared(bucket: R2Bucket, recording: RecordingOf): Promise<boolean> {
  for (const of of mediaClasses) {
    if (of === "recordings") continue;
    if ((await bucket.head(keyObjectOf(recording, of))) !== null) continue;
    if (await isAny(bucket, classFolderOf(recording, of))) return true;
  }
  return false;
}

function prefixesOf(recording: RecordingOf, of: MediaClass): readonly string[] {
  if (of !== "recordings") return [classFolderOf(recording, of)];
  return recordedTracks.map((track) => `${folderOf(recording)}${track}/`);
}

async function isAny(bucket: R2Bucket, prefix: string): Promise<boolean> {
  return (await bucket.list({ prefix, limit: 1 })).objects.length > 0;
}

async function deleteAll(bucket: R2Bucket, prefix: string): Promise<number> {
  let deleted = 0;
  for (;;) {
    const { objects } = await bucket.list({ prefix, limit: objectsPerPage });
    if (objects.length === 0) return deleted;
    await bucket.delete(objects.map(({ key }) => key));
    deleted += objects.length;
  }
}
