import type { ExceptionKind } from "../exam/accommodation.ts";
import type { SignalKind } from "./signal.ts";

/** [A102] What nobody is blamed for who has this exception. No sensor listens to speech yet. */
const excused: Readonly<Record<ExceptionKind, readonly SignalKind[]>> = {
  "may-leave-full-screen": ["full-screen-left"],
  "may-speak": [],
  "no-camera": ["camera-ended", "no-face", "several-faces", "face-sensor-lost"],
};

export function isExcused(kind: SignalKind, exceptions: readonly { readonly kind: ExceptionKind }[]): boolean {
  return exceptions.some((exception) => excused[exception.kind].includes(kind));
}
