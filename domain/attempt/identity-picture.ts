import type { IdentityCapture } from "../integrity/policy.ts";
import type { EpochMs } from "../integrity/signal.ts";

/** What the page found wanting in a picture when it was taken. It hinders nothing: a person looks. [A141] */
export const qualityHints = [
  "no-face",
  "several-faces",
  "too-far",
  "too-near",
  "too-far-left",
  "too-far-right",
  "too-dark",
  "too-bright",
  "blurred",
  "not-looked-at",
] as const;
export type QualityHint = (typeof qualityHints)[number];

/** A photograph or a short recording of the candidate, as stored. `sha256`: lower-case hex over the bytes the page sent. */
export type IdentityPicture = {
  readonly capture: IdentityCapture;
  readonly sha256: string;
  readonly bytes: number;
  readonly hints: readonly QualityHint[];
  readonly at: EpochMs;
};

/** [A144] The largest photograph and the largest recording of a room that are taken, in bytes. */
export const largestIdentityBytes: Readonly<Record<IdentityCapture, number>> = {
  face: 800 * 1024,
  document: 800 * 1024,
  room: 8 * 1024 * 1024,
};
