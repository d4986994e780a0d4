import type { SensorReason } from "#domain/integrity/sensor.ts";
import type { FaceCounterLoss } from "./face-count.ts";
import { startFaceCounter } from "./face-counter.ts";
import { createFaceSignals } from "./face-signals.ts";
import type { Sensor, Told } from "./sensor.ts";

const reasons: Readonly<Record<FaceCounterLoss, SensorReason>> = {
  "could-not-load": "could-not-load",
  "could-not-count": "could-not-work",
  "no-answer": "no-answer",
  "no-picture": "no-input",
};

/** How many faces are before the camera, counted on this computer: none and several are signals. */
export function watchFaces({ edges, beat }: Told, picture: MediaStreamTrack | undefined): Sensor {
  const signals = createFaceSignals(edges);
  // Who sits without a camera has no face to be counted.
  if (picture === undefined) {
    beat("not-available", "no-input");
    return { stop() {} };
  }
  const counter = startFaceCounter({
    video: picture,
    onCount(count, confidence) {
      beat("working");
      signals.counted(count, confidence);
    },
    onState(state, reason) {
      if (reason !== null) beat("lost", reasons[reason]);
      signals.becomes(state);
    },
  });
  return { stop: () => counter.stop() };
}
