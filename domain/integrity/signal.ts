/** A moment on the server's clock, in milliseconds since 1970-01-01T00:00:00Z. */
export type EpochMs = number;

/** Signals that last: they begin and end, and the policy asks for how long. */
export const lastingSignalKinds = [
  "tab-hidden",
  "window-blurred",
  "full-screen-left",
  "camera-ended",
  "microphone-ended",
  "screen-share-ended",
  "no-face",
  "several-faces",
  "face-sensor-lost",
  "connection-lost",
] as const;

/** Signals that happen in one moment. */
export const momentarySignalKinds = ["copied", "cut", "pasted"] as const;

export type LastingSignalKind = (typeof lastingSignalKinds)[number];
export type MomentarySignalKind = (typeof momentarySignalKinds)[number];
export type SignalKind = LastingSignalKind | MomentarySignalKind;

/**
 * What a sensor saw beyond the kind. `count`: how many faces, or how many characters were copied or pasted (never the
 * text itself). `confidence`: 0 to 1, where the sensor has one.
 */
export type SignalDetail = { readonly count: number | null; readonly confidence: number | null };

export const noDetail: SignalDetail = { count: null, confidence: null };
