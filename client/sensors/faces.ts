import { startFaceCounter } from "./face-counter.ts";
import { createFaceAgreement } from "./face-agreement.ts";
import type { SignalEdges } from "./signal-edges.ts";
import type { Sensor } from "./watch-candidate.ts";

/** How many faces are before the camera, counted on this computer: none and several are signals. */
export function watchFaces(edges: SignalEdges, camera: MediaStream, onState: (state: string) => void): Sensor {
  const [picture] = camera.getVideoTracks();
  if (picture === undefined) return { stop() {} };
  const agreement = createFaceAgreement();
  const counter = startFaceCounter({
    video: picture,
    onCount(count, confidence) {
      const agreed = agreement.read(count);
      if (agreed === null) return;
      edges.read("no-face", agreed === 0, { count: 0, confidence });
      edges.read("several-faces", agreed > 1, { count: agreed, confidence });
    },
    onState(state) {
      onState(state);
      if (state === "working") edges.read("face-sensor-lost", false);
      if (state !== "lost") return;
      // Nothing is known of the faces now: what was said of them before is taken back.
      edges.read("face-sensor-lost", true);
      edges.read("no-face", false);
      edges.read("several-faces", false);
    },
  });
  return { stop: () => counter.stop() };
}
