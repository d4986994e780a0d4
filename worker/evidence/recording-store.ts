import type { Segment } from "#domain/attempt/command.ts";
import { sha256Hex } from "../sha256-hex.ts";
import { attemptKey, folderOf, keyObjectOf, readAttemptKey, type RecordingOf } from "./attempt-key.ts";
import { decrypt, encrypt, encryptionOverheadBytes } from "./encryption.ts";

/** Where a segment has its place within an attempt. */
export type Place = Pick<Segment, "track" | "run" | "index">;

/** `kept`: the object is there now. `was-kept`: these very bytes were there before. `differs`: others are. */
export type Kept = "kept" | "was-kept" | "differs";

/** `changed`: what is stored is not what was stored there once. */
export type ReadBack =
  | { readonly state: "intact"; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly state: "missing" }
  | { readonly state: "changed" };

/** A tenant's recordings in R2, encrypted; made from a tenant, never without one. */
export type RecordingStore = {
  /** Encrypts and puts, never over what is there already. `bytes` must have the hash `sha256` (lower-case hex). */
  keep(recording: RecordingOf, place: Place, bytes: Uint8Array<ArrayBuffer>, sha256: string): Promise<Kept>;
  /** Decrypts, and compares with the hash that the log has. */
  read(recording: RecordingOf, place: Place, sha256: string): Promise<ReadBack>;
  /** Takes back what `keep` has just kept. */
  discard(recording: RecordingOf, place: Place): Promise<void>;
  /** Which segments are there in their full length. Nothing is, when the key is gone. */
  present(recording: RecordingOf, segments: readonly Segment[]): Promise<readonly boolean[]>;
};

/** `recordingKey`: the 32 bytes of RECORDING_KEY. */
export function recordingStore(bucket: R2Bucket, recordingKey: Uint8Array<ArrayBuffer>): RecordingStore {
  async function read(recording: RecordingOf, place: Place, sha256: string): Promise<ReadBack> {
    const name = objectOf(recording, place);
    const stored = await bucket.get(name);
    if (stored === null) return { state: "missing" };
    const key = await readAttemptKey(bucket, recordingKey, recording);
    if (key === null) return { state: "missing" };
    const plain = await decrypt(key, new Uint8Array(await stored.arrayBuffer()), name);
    if (!plain.ok || (await sha256Hex(plain.value)) !== sha256) return { state: "changed" };
    return { state: "intact", bytes: plain.value };
  }

  return {
    read,
    async keep(recording, place, bytes, sha256) {
      const name = objectOf(recording, place);
      const key = await attemptKey(bucket, recordingKey, recording);
      const put = await bucket.put(name, await encrypt(key, bytes, name), {
        onlyIf: new Headers({ "if-none-match": "*" }),
      });
      if (put !== null) return "kept";
      return (await read(recording, place, sha256)).state === "intact" ? "was-kept" : "differs";
    },
    async discard(recording, place) {
      await bucket.delete(objectOf(recording, place));
    },
    async present(recording, segments) {
      const sizes = await sizesIn(bucket, folderOf(recording));
      const hasKey = sizes.has(keyObjectOf(recording));
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
