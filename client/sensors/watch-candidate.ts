import type { SensorName } from "#domain/integrity/sensor.ts";
import type { LastingSignalKind, MomentarySignalKind, SignalDetail, SignalKind } from "#domain/integrity/signal.ts";
import { watchAutomation } from "./automation.ts";
import { watchDeveloperTools } from "./developer-tools.ts";
import { watchDisplays } from "./displays.ts";
import { watchFullScreen } from "./full-screen.ts";
import { type OnSensor, startHeartbeats } from "./heartbeats.ts";
import { watchInput } from "./input.ts";
import { watchMicrophone } from "./microphone.ts";
import { watchPage } from "./page.ts";
import { watchPictures } from "./pictures.ts";
import { watchScreen } from "./screen.ts";
import type { Sensor, Told } from "./sensor.ts";
import { watchSpeech } from "./speech.ts";
import { createSignalEdges } from "./signal-edges.ts";

type Watched = {
  readonly camera: MediaStream;
  readonly screen: MediaStream;
  /** What the policy looks for. A sensor may notice more than that, which is told to nobody. */
  readonly lookedFor: ReadonlySet<SignalKind>;
};

export type WatchOptions = Watched & {
  /** Which run: `sensorsOf` the policy. */
  readonly sensors: ReadonlySet<SensorName>;
  /** Called once when a lasting signal begins, and `end` once when it ends or the watch is stopped. */
  readonly begin: (kind: LastingSignalKind, detail: SignalDetail) => void;
  readonly end: (kind: LastingSignalKind) => void;
  readonly moment: (kind: MomentarySignalKind, detail: SignalDetail) => void;
  /** Called at each change of a sensor's state. */
  readonly onSensor: OnSensor;
};

/** How each sensor starts that needs no other. */
const starters: Readonly<Partial<Record<SensorName, (told: Told, watched: Watched) => Sensor>>> = {
  page: watchPage,
  "full-screen": watchFullScreen,
  input: (told, { lookedFor }) => watchInput(told, (kind) => lookedFor.has(kind)),
  displays: watchDisplays,
  "developer-tools": watchDeveloperTools,
  automation: watchAutomation,
  screen: (told, { screen }) => watchScreen(told, screen.getVideoTracks()[0]),
  microphone: (told, { camera, lookedFor }) =>
    watchMicrophone(
      told,
      camera.getAudioTracks()[0],
      lookedFor.has("microphone-silent") || lookedFor.has("loud-sound"),
    ),
  speech: (told, { camera }) => watchSpeech(told, camera.getAudioTracks()[0]),
};

/**
 * Notices on the candidate's own computer what the consent names. What a sensor sees is told as a signal; what that
 * means is for the policy. The loss of the connection is noticed by the server.
 */
export function watchCandidate({ sensors, begin, end, moment, onSensor, ...watched }: WatchOptions): Sensor {
  const { lookedFor } = watched;
  const edges = createSignalEdges({
    begin: (kind, detail) => void (lookedFor.has(kind) && begin(kind, detail)),
    end: (kind) => void (lookedFor.has(kind) && end(kind)),
  });
  const tell: Told["moment"] = (kind, detail) => void (lookedFor.has(kind) && moment(kind, detail));
  const heartbeats = startHeartbeats(onSensor);
  const told = (name: SensorName): Told => ({ edges, moment: tell, beat: heartbeats.expect(name) });
  const ifAsked = (name: SensorName): Told | null => (sensors.has(name) ? told(name) : null);
  const started = [
    ...[...sensors].flatMap((name) => starters[name]?.(told(name), watched) ?? []),
    watchPictures(
      { camera: ifAsked("camera"), faces: ifAsked("faces"), head: ifAsked("head") },
      watched.camera.getVideoTracks()[0],
    ),
  ];
  return {
    stop() {
      heartbeats.stop();
      for (const sensor of started) sensor.stop();
      // Whoever watches next, with another camera or screen, begins anew what is still the case.
      edges.endAll();
    },
  };
}
