import { createHash } from "node:crypto";

/** At once, as the tree's functions want it; `sha256Hex` is for what may wait. */
export function sha256(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(createHash("sha256").update(bytes).digest());
}
