import { sha256Hex } from "../sha256-hex.ts";
import { attemptKey, readAttemptKey, type RecordingOf } from "./attempt-key.ts";
import { decrypt, encrypt } from "./encryption.ts";

/** `kept`: the object is there now. `was-kept`: these very bytes were there before. `differs`: others are. */
export type Kept = "kept" | "was-kept" | "differs";

/** `changed`: what is stored is not what was stored there once. */
export type ReadBack =
  | { readonly state: "intact"; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly state: "missing" }
  | { readonly state: "changed" };

/** Objects in R2, each encrypted under its attempt's key and bound to its name. `recordingKey`: the 32 bytes of RECORDING_KEY. */
export function sealedObjects(bucket: R2Bucket, recordingKey: Uint8Array<ArrayBuffer>) {
  /** Decrypts, and compares with the hash that the log has (lower-case hex). */
  async function read(recording: RecordingOf, name: string, sha256: string): Promise<ReadBack> {
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
    /** Encrypts and puts, never over what is there already. `bytes` must have the hash `sha256`. */
    async keep(recording: RecordingOf, name: string, bytes: Uint8Array<ArrayBuffer>, sha256: string): Promise<Kept> {
      const key = await attemptKey(bucket, recordingKey, recording);
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
