import type { EpochMs, SignalKind } from "#domain/integrity/signal.ts";

export type Interval = { readonly from: EpochMs; readonly to: EpochMs };

/** What a clip shows, and what a preset that looks for `about` is to make of it. */
export type Clip = {
  /** The signal that the clip is about: it is there, or what happens could be taken for it. */
  readonly about: SignalKind;
  readonly title: string;
  /** Whether it is there, and for long enough that the preset's rule is to note it. */
  readonly isThere: boolean;
  /** What is true beside it, or cannot be told from true: noted or not, it counts for nothing. */
  readonly also?: readonly SignalKind[];
};

/** A clip as it was really played. `truth`: from when to when the condition was there; null where it was not. */
export type PlayedClip = Clip & Interval & { readonly truth: Interval | null };
