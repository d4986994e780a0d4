import type { SensorReason } from "#domain/integrity/sensor.ts";
import { startPictureLooks } from "./picture-looks.ts";

/** `working` begins with the first count, not with the loaded model. */
export type FaceCounterState = "loading" | "working" | "lost";

export type FaceCounterOptions = {
  /** The camera: a video element that shows its stream, or the track itself (a hidden element is made for it). */
  readonly video: HTMLVideoElement | MediaStreamTrack;
  /** `confidence` is 0 to 1; `at` is the `performance.now()` of the moment the picture was taken. */
  readonly onCount: (count: number, confidence: number, at: number) => void;
  /** Called at each change. `reason` is null unless the state is `lost`. */
  readonly onState: (state: FaceCounterState, reason: SensorReason | null) => void;
  readonly intervalMs?: number;
  readonly assetsPath?: string;
};

/** Counts the faces before the camera, on this device, and nothing else. */
export function startFaceCounter({ onCount, onState, ...options }: FaceCounterOptions): { readonly stop: () => void } {
  let told: FaceCounterState | SensorReason = "loading";
  onState("loading", null);
  return startPictureLooks({
    ...options,
    models: ["faces"],
    onLook({ faces, at }) {
      if (faces === null) return "settled";
      if (told !== "working") onState("working", null);
      told = "working";
      onCount(faces.count, faces.confidence, at);
      return "settled";
    },
    onLost(_lost, reason) {
      if (told !== reason) onState("lost", reason);
      told = reason;
    },
  });
}
