import { whatSensorNotices } from "#domain/integrity/explain.ts";
import type {
  IdentityCapture,
  IntegrityPolicy,
  IntegrityRule,
  PolicyName,
  PolicyResponse,
  Severity,
  StillSource,
} from "#domain/integrity/policy.ts";
import type { SensorName } from "#domain/integrity/sensor.ts";
import { count } from "../ui/format-duration.ts";

type PresetWords = { readonly name: string; readonly text: string };

export const presetWords: Readonly<Record<PolicyName, PresetWords>> = {
  practice: {
    name: "Practice",
    text: "Looks for much and lets nothing follow: for getting to know the exam and its rules.",
  },
  standard: {
    name: "Standard",
    text: "Tells a proctor what may need a look. Nothing happens to the candidate by itself.",
  },
  strict: {
    name: "Strict",
    text: "Also warns by itself, pauses when camera or screen go away, and hands in when developer tools stay open. Face and document are photographed first.",
  },
};

export const responseWords: Readonly<Record<PolicyResponse, string>> = {
  log: "Only note it",
  warn: "Warn the candidate",
  "notify-proctor": "Tell the proctor",
  pause: "Pause the exam",
  "hand-in": "Hand in and hold",
};

/** What an author has to know before choosing a response that takes the exam out of a candidate's hands. */
export function dangerWords(response: PolicyResponse): string | null {
  switch (response) {
    case "pause":
      return "Stops the exam until a proctor lets it go on.";
    case "hand-in":
      return "Ends the exam for good. People decide about the result.";
    default:
      return null;
  }
}

export const severityWords: Readonly<Record<Severity, string>> = {
  info: "Info",
  low: "Low",
  medium: "Medium",
  high: "High",
  critical: "Critical",
};

export const stillWords: Readonly<Record<StillSource, string>> = { camera: "Camera", screen: "Screen" };

export const captureWords: Readonly<Record<IdentityCapture, string>> = {
  face: "A photograph of the face",
  document: "A photograph of a document",
  room: "A short recording of the room",
};

const groupNames: Readonly<Record<SensorName, string>> = {
  page: "Page",
  "full-screen": "Full screen",
  screen: "Screen sharing",
  displays: "Displays",
  camera: "Camera",
  faces: "Faces",
  head: "Head",
  microphone: "Microphone",
  speech: "Speech",
  input: "Keyboard, mouse and clipboard",
  "developer-tools": "Developer tools",
  automation: "Automation",
};

/** A group of signals: the sensor, and what it looks at. */
export function groupWords(sensor: SensorName | null): string {
  return sensor === null ? "The session itself" : `${groupNames[sensor]}: ${whatSensorNotices(sensor)}`;
}

/** What a policy comes to, in a sentence. */
export function summaryOf({ rules, reviewers }: IntegrityPolicy): string {
  const all: readonly IntegrityRule[] = Object.values(rules);
  const of = (response: PolicyResponse): number => all.filter((rule) => rule.response === response).length;
  const parts = [
    `${count(all.length, "signal")} on`,
    ...(["warn", "notify-proctor", "pause", "hand-in"] as const).flatMap((response) =>
      of(response) === 0 ? [] : [`${of(response)} × ${responseWords[response].toLowerCase()}`],
    ),
    reviewers === 2 ? "two people decide of what is held" : "one person decides of what is held",
  ];
  return `${parts.join("; ")}.`;
}

/** Milliseconds as seconds without needless digits. */
export function secondsText(ms: number): string {
  return String(Math.round(ms / 100) / 10);
}
