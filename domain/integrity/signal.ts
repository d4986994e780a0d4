/** A moment on the server's clock, in milliseconds since 1970-01-01T00:00:00Z. */
export type EpochMs = number;

/** Signals that last: they begin and end, and the policy asks for how long. */
export const lastingSignalKinds = [
  "tab-hidden",
  "window-blurred",
  "full-screen-left",
  "screen-share-ended",
  "screen-not-entire",
  "several-displays",
  "camera-ended",
  "camera-covered",
  "camera-frozen",
  "virtual-camera",
  "no-face",
  "several-faces",
  "head-turned",
  "microphone-ended",
  "microphone-silent",
  "loud-sound",
  "speech",
  "developer-tools",
  "automation",
  "sensor-lost",
  "connection-lost",
] as const;

/** Signals that happen in one moment. */
export const momentarySignalKinds = [
  "copied",
  "cut",
  "pasted",
  "drag-and-drop",
  "burst-typed",
  "context-menu",
  "print",
  "print-screen",
  "shortcut",
  "developer-tools-shortcut",
  "second-session",
] as const;

export const signalKinds = [...lastingSignalKinds, ...momentarySignalKinds] as const;

export type LastingSignalKind = (typeof lastingSignalKinds)[number];
export type MomentarySignalKind = (typeof momentarySignalKinds)[number];
export type SignalKind = LastingSignalKind | MomentarySignalKind;

/**
 * What a sensor saw beyond the kind. `count`: how many faces or displays, or how many characters were copied, pasted or
 * typed in a burst (never the text itself). `confidence`: 0 to 1, where the sensor has one. `subject`: what it was about,
 * such as the name of the camera, the keys that were pressed, or the sensor that was lost; at most 80 characters.
 */
export type SignalDetail = {
  readonly count: number | null;
  readonly confidence: number | null;
  readonly subject?: string;
};

export const longestSubject = 80;

export const noDetail: SignalDetail = { count: null, confidence: null };
