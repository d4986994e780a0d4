import type { EpochMs } from "./signal.ts";

/** A stretch of the recording. */
export type Clip = { readonly from: EpochMs; readonly to: EpochMs };

const aroundMs = 5_000;

/** [E35] The mark on the recording: from 5 s before a violation began to 5 s after it was noted, ten seconds at least. */
export function clipOf({ from, notedAt }: { readonly from: EpochMs; readonly notedAt: EpochMs }): Clip {
  return { from: Math.min(from, notedAt) - aroundMs, to: notedAt + aroundMs };
}
