import type { ExceptionKind } from "../exam/accommodation.ts";
import { noticedBy, sensorNames } from "./sensor.ts";
import type { SignalDetail, SignalKind } from "./signal.ts";

/** [A102] What nobody is blamed for who has this exception. */
const excused: Readonly<Record<ExceptionKind, readonly SignalKind[]>> = {
  "may-leave-full-screen": ["full-screen-left"],
  // Who dictates puts whole phrases into an answer at once.
  "may-speak": ["speech", "loud-sound", "burst-typed"],
  "no-camera": [
    "camera-ended",
    "camera-covered",
    "camera-frozen",
    "virtual-camera",
    "no-face",
    "several-faces",
    "head-turned",
  ],
};

/** What is to be judged: a kind of signal, and for a lost sensor which one. */
type Judged = { readonly kind: SignalKind; readonly detail: SignalDetail };

/** A sensor is not missed where nothing that it notices counts. */
export function isExcused({ kind, detail }: Judged, exceptions: readonly { readonly kind: ExceptionKind }[]): boolean {
  const lost = kind === "sensor-lost" ? sensorNames.find((name) => name === detail.subject) : undefined;
  const kinds = lost === undefined ? [kind] : noticedBy[lost];
  return kinds.every((each) => exceptions.some((exception) => excused[exception.kind].includes(each)));
}
