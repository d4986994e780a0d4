import type { Frontier } from "#domain/evidence/merkle.ts";

const hashLength = 32;

/** A frontier's hashes as the bytes of one column; its size is in another. */
export function writeFrontier({ hashes }: Frontier): ArrayBuffer {
  const bytes = new Uint8Array(hashes.length * hashLength);
  hashes.forEach((hash, index) => bytes.set(hash, index * hashLength));
  return bytes.buffer;
}

export function readFrontier(size: number, blob: ArrayBuffer): Frontier {
  const count = blob.byteLength / hashLength;
  return {
    size,
    hashes: Array.from(
      { length: count },
      (_, index) => new Uint8Array(blob.slice(index * hashLength, (index + 1) * hashLength)),
    ),
  };
}
