import type { SignalDetail, SignalKind } from "./signal.ts";

function seconds(ms: number): string {
  const rounded = Math.max(1, Math.round(ms / 1000));
  return rounded === 1 ? "1 second" : `${rounded} seconds`;
}

function characters(detail: SignalDetail): string {
  if (detail.count === null) return "some text";
  return detail.count === 1 ? "1 character" : `${detail.count} characters`;
}

/**
 * The reason of a violation, in plain words that say what was seen and for how long, and accuse nobody.
 * `lastedMs` is how long the signal had lasted when it was noted.
 */
export function explain(kind: SignalKind, lastedMs: number, detail: SignalDetail): string {
  switch (kind) {
    case "tab-hidden":
      return `The exam page was hidden for ${seconds(lastedMs)}.`;
    case "window-blurred":
      return `Another window had the focus for ${seconds(lastedMs)}.`;
    case "full-screen-left":
      return `The exam was out of full screen for ${seconds(lastedMs)}.`;
    case "camera-ended":
      return `The camera sent no picture for ${seconds(lastedMs)}.`;
    case "microphone-ended":
      return `The microphone was off for ${seconds(lastedMs)}.`;
    case "screen-share-ended":
      return `The screen was not shared for ${seconds(lastedMs)}.`;
    case "no-face":
      return `No face was in the picture for ${seconds(lastedMs)}.`;
    case "several-faces":
      return `${detail.count ?? "Several"} faces were in the picture for ${seconds(lastedMs)}.`;
    case "face-sensor-lost":
      return `Faces could not be counted for ${seconds(lastedMs)}.`;
    case "connection-lost":
      return `The connection was lost for ${seconds(lastedMs)}.`;
    case "copied":
      return `Text was copied from the exam (${characters(detail)}).`;
    case "cut":
      return `Text was cut from the exam (${characters(detail)}).`;
    case "pasted":
      return `Text was pasted into the exam (${characters(detail)}).`;
  }
}
