import { startFaceCounter } from "./face-counter.ts";
import { createFaceSignals } from "./face-signals.ts";
import type { SignalEdges } from "./signal-edges.ts";
import type { Sensor } from "./sensor.ts";

/** How many faces are before the camera, counted on this computer: none and several are signals. */
export function watchFaces(edges: SignalEdges, camera: MediaStream, onState: (state: string) => void): Sensor {
  const signals = createFaceSignals(edges);
  const [picture] = camera.getVideoTracks();
  if (picture === undefined) {
    onState("lost");
    signals.becomes("lost");
    return { stop() {} };
  }
  const counter = startFaceCounter({
    video: picture,
    onCount: (count, confidence) => signals.counted(count, confidence),
    onState(state) {
      onState(state);
      signals.becomes(state);
    },
  });
  return { stop: () => counter.stop() };
}
