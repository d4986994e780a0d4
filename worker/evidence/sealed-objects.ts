import { sha256Hex } from "../sha256-hex.ts";
import { attemptKey, type IsGone, mediaClassOf, readAttemptKey, type RecordingOf } from "./attempt-key.ts";
import { type AttemptKey, decrypt, encrypt } from "./encryption.ts";

/**
 * `kept`: the object is there now. `was-kept`: these very bytes were there before. `differs`: others are. `gone`:
 * what is of this class in the attempt was deleted for good, and nothing of it is taken any more. [D5]
 */
export type Kept = "kept" | "was-kept" | "differs" | "gone";

/** `changed`: what is stored is not what was stored there once. */
export type ReadBack =
  | { readonly state: "intact"; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly state: "missing" }
  | { readonly state: "changed" };

/** Objects in R2, each encrypted under the key of its class in its attempt, and bound to its name. `recordingKey`: the 32 bytes of RECORDING_KEY. */
export function sealedObjects(bucket: R2Bucket, recordingKey: Uint8Array<ArrayBuffer>) {
  /** Decrypts, and compares with the hash that the log has (lower-case hex). */
  async function read(recording: RecordingOf, name: string, sha256: string): Promise<ReadBack> {
    const stored = await bucket.get(name);
    if (stored === null) return { state: "missing" };
    const bytes = new Uint8Array(await stored.arrayBuffer());
    const of = mediaClassOf(recording, name);
    const key = await readAttemptKey(bucket, recordingKey, recording, of);
    const found = key === null ? null : await opened(key, bytes, name, sha256);
    if (found !== null) return { state: "intact", bytes: found };
    // Pictures of attempts from before each class had a key of its own lie under the recording's.
    const shared = of === "recordings" ? null : await readAttemptKey(bucket, recordingKey, recording, "recordings");
    const old = shared === null ? null : await opened(shared, bytes, name, sha256);
    if (old !== null) return { state: "intact", bytes: old };
    return { state: key === null ? "missing" : "changed" };
  }

  async function opened(key: AttemptKey, bytes: Uint8Array<ArrayBuffer>, name: string, sha256: string) {
    const plain = await decrypt(key, bytes, name);
    return plain.ok && (await sha256Hex(plain.value)) === sha256 ? plain.value : null;
  }

  return {
    read,
    /** Encrypts and puts, never over what is there already. `bytes` must have the hash `sha256`. */
    async keep(
      recording: RecordingOf,
      name: string,
      bytes: Uint8Array<ArrayBuffer>,
      sha256: string,
      isGone: IsGone,
    ): Promise<Kept> {
      const key = await attemptKey(bucket, recordingKey, recording, mediaClassOf(recording, name), isGone);
      if (key === null) return "gone";
      const put = await bucket.put(name, await encrypt(key, bytes, name), {
        onlyIf: new Headers({ "if-none-match": "*" }),
      });
      if (put !== null) return "kept";
      return (await read(recording, name, sha256)).state === "intact" ? "was-kept" : "differs";
    },
    /** Takes back what `keep` has just kept. */
    async discard(name: string): Promise<void> {
      await bucket.delete(name);
    },
  };
}
