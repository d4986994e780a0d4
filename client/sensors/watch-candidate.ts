import type { LastingSignalKind, MomentarySignalKind, SignalDetail } from "#domain/integrity/signal.ts";
import { watchClipboard } from "./clipboard.ts";
import { watchFaces } from "./faces.ts";
import { watchFullScreen } from "./full-screen.ts";
import { watchPageVisibility } from "./page-visibility.ts";
import type { Sensor } from "./sensor.ts";
import { createSignalEdges, type SignalEdges } from "./signal-edges.ts";
import { watchTracks } from "./tracks.ts";
import { watchWindowFocus } from "./window-focus.ts";

export type WatchOptions = {
  readonly camera: MediaStream;
  readonly screen: MediaStream;
  /** Called once when a lasting signal begins, and `end` once when it ends or the watch is stopped. */
  readonly begin: (kind: LastingSignalKind, detail: SignalDetail) => void;
  readonly end: (kind: LastingSignalKind) => void;
  readonly moment: (kind: MomentarySignalKind, detail: SignalDetail) => void;
  readonly onSensorState: (sensor: string, state: string) => void;
};

/**
 * Notices on the candidate's own computer what the consent names. What a sensor sees is told as a signal; what that
 * means is for the policy. The loss of the connection is noticed by the server.
 */
export function watchCandidate({ camera, screen, begin, end, moment, onSensorState }: WatchOptions): Sensor {
  const edges: SignalEdges = createSignalEdges({ begin, end });
  const sensors: readonly Sensor[] = [
    watchPageVisibility(edges),
    watchWindowFocus(edges),
    watchFullScreen(edges),
    watchClipboard(moment),
    watchTracks(edges, camera, screen),
    // Who sits without a camera has no face to be counted.
    ...(camera.getVideoTracks().length === 0
      ? []
      : [watchFaces(edges, camera, (state) => onSensorState("faces", state))]),
  ];
  return {
    stop() {
      for (const sensor of sensors) sensor.stop();
      // Whoever watches next, with another camera or screen, begins anew what is still the case.
      edges.endAll();
    },
  };
}
