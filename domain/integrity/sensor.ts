import type { EpochMs, SignalKind } from "./signal.ts";

/** What watches on the candidate's computer. Each notices some kinds of signal. */
export const sensorNames = [
  "page",
  "full-screen",
  "screen",
  "displays",
  "camera",
  "faces",
  "head",
  "microphone",
  "speech",
  "input",
  "developer-tools",
  "automation",
] as const;
export type SensorName = (typeof sensorNames)[number];

/** `degraded`: it looks less often than it should, or with less. `not-available`: this browser or computer has no means for it. */
export const sensorStates = ["working", "degraded", "lost", "not-available"] as const;
export type SensorState = (typeof sensorStates)[number];

/** Why a sensor is not simply working. `slow`: the machine is busy or hot, so it looks less often. */
export const sensorReasons = [
  "could-not-load",
  "could-not-work",
  "no-answer",
  "no-input",
  "not-supported",
  "slow",
] as const;
export type SensorReason = (typeof sensorReasons)[number];

export type SensorReport = {
  readonly state: SensorState;
  readonly reason: SensorReason | null;
  readonly at: EpochMs;
};

/** Which sensor notices what. The session itself notices `connection-lost`, `second-session` and `sensor-lost`. */
export const noticedBy: Readonly<Record<SensorName, readonly SignalKind[]>> = {
  page: ["tab-hidden", "window-blurred"],
  "full-screen": ["full-screen-left"],
  screen: ["screen-share-ended", "screen-not-entire"],
  displays: ["several-displays"],
  camera: ["camera-ended", "camera-covered", "camera-frozen", "virtual-camera"],
  faces: ["no-face", "several-faces"],
  head: ["head-turned"],
  microphone: ["microphone-ended", "microphone-silent", "loud-sound"],
  speech: ["speech"],
  input: [
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
  ],
  "developer-tools": ["developer-tools"],
  automation: ["automation"],
};
