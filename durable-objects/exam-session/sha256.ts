import { hash } from "node:crypto";

/** Synchronous here, so that hashing fits between a decision and its commit. */
export function sha256(bytes: Uint8Array): Uint8Array {
  return hash("sha256", bytes, "buffer");
}

export function sha256Hex(text: string): string {
  return hash("sha256", text, "hex");
}
