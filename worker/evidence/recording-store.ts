import type { Segment } from "#domain/attempt/command.ts";
import { folderOf, type IsGone, keyObjectOf, type RecordingOf } from "./attempt-key.ts";
import { encryptionOverheadBytes } from "./encryption.ts";
import { type Kept, type ReadBack, sealedObjects } from "./sealed-objects.ts";

/** Where a segment has its place within an attempt. */
export type Place = Pick<Segment, "track" | "run" | "index">;

/** A tenant's recordings in R2, encrypted; made from a tenant, never without one. */
export type RecordingStore = {
  /** Encrypts and puts, never over what is there already. `bytes` must have the hash `sha256` (lower-case hex). */
  keep(
    recording: RecordingOf,
    place: Place,
    bytes: Uint8Array<ArrayBuffer>,
    sha256: string,
    isGone: IsGone,
  ): Promise<Kept>;
  /** Decrypts, and compares with the hash that the log has. */
  read(recording: RecordingOf, place: Place, sha256: string): Promise<ReadBack>;
  /** Takes back what `keep` has just kept. */
  discard(recording: RecordingOf, place: Place): Promise<void>;
  /** Which segments are there in their full length. Nothing is, when the key is gone. */
  present(recording: RecordingOf, segments: readonly Segment[]): Promise<readonly boolean[]>;
};

/** `recordingKey`: the 32 bytes of RECORDING_KEY. */
export function recordingStore(bucket: R2Bucket, recordingKey: Uint8Array<ArrayBuffer>): RecordingStore {
  const objects = sealedObjects(bucket, recordingKey);
  return {
    read: (recording, place, sha256) => objects.read(recording, objectOf(recording, place), sha256),
    keep: (recording, place, bytes, sha256, isGone) =>
      objects.keep(recording, objectOf(recording, place), bytes, sha256, isGone),
    discard: (recording, place) => objects.discard(objectOf(recording, place)),
    async present(recording, segments) {
      const sizes = await sizesIn(bucket, folderOf(recording));
      const hasKey = sizes.has(keyObjectOf(recording, "recordings"));
      return segments.map(
        (segment) => hasKey && sizes.get(objectOf(recording, segment)) === segment.bytes + encryptionOverheadBytes,
      );
    },
  };
}

/** `<tenant>/<attempt>/<track>/<run>/<index>`. */
export function objectOf(recording: RecordingOf, { track, run, index }: Place): string {
  return `${folderOf(recording)}${track}/${run}/${index}`;
}

async function sizesIn(bucket: R2Bucket, folder: string): Promise<ReadonlyMap<string, number>> {
  const sizes = new Map<string, number>();
  let cursor: string | null = null;
  do {
    const page: R2Objects = await bucket.list(cursor === null ? { prefix: folder } : { prefix: folder, cursor });
    for (const { key, size } of page.objects) sizes.set(key, size);
    cursor = page.truncated ? page.cursor : null;
  } while (cursor !== null);
  return sizes;
}
