import type { SensorName } from "#domain/integrity/sensor.ts";
import type { LastingSignalKind, MomentarySignalKind, SignalDetail, SignalKind } from "#domain/integrity/signal.ts";
import { watchFullScreen } from "./full-screen.ts";
import { type OnSensor, startHeartbeats } from "./heartbeats.ts";
import { watchPage } from "./page.ts";
import { watchScreen } from "./screen.ts";
import type { Sensor, Told } from "./sensor.ts";
import { createSignalEdges } from "./signal-edges.ts";
import { whenFetched } from "./when-fetched.ts";

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

/** How each sensor starts that needs no other. Most are fetched only where the policy asks for them. */
const starters: Readonly<Partial<Record<SensorName, (told: Told, watched: Watched) => Sensor | Promise<Sensor>>>> = {
  page: watchPage,
  "full-screen": watchFullScreen,
  input: async (told, { lookedFor }) => {
    const { watchInput } = await import("./input.ts");
    return watchInput(told, (kind) => lookedFor.has(kind));
  },
  displays: async (told) => (await import("./displays.ts")).watchDisplays(told),
  "developer-tools": async (told) => (await import("./developer-tools.ts")).watchDeveloperTools(told),
  automation: async (told) => (await import("./automation.ts")).watchAutomation(told),
  screen: (told, { screen }) => watchScreen(told, screen.getVideoTracks()[0]),
  microphone: async (told, { camera, lookedFor }) => {
    const { watchMicrophone } = await import("./microphone.ts");
    const isHeard = lookedFor.has("microphone-silent") || lookedFor.has("loud-sound");
    return watchMicrophone(told, camera.getAudioTracks()[0], isHeard);
  },
  speech: async (told, { camera }) => {
    const { watchSpeech } = await import("./speech.ts");
    return watchSpeech(told, camera.getAudioTracks()[0]);
  },
};

/**
 * Notices on the candidate's own computer what the consent names. What a sensor sees is told as a signal; what that
 * means is for the policy. The loss of the connection is noticed by the server.
 */
export function watchCandidate({ sensors, begin, end, moment, onSensor, ...watched }: WatchOptions): Sensor {
  const { lookedFor } = watched;
  let isStopped = false;
  // A sensor that is fetched after the watch was stopped is started and stopped at once: it tells nothing.
  const isWanted = (kind: SignalKind): boolean => !isStopped && lookedFor.has(kind);
  const edges = createSignalEdges({
    begin: (kind, detail) => void (isWanted(kind) && begin(kind, detail)),
    end: (kind) => void (isWanted(kind) && end(kind)),
  });
  const tell: Told["moment"] = (kind, detail) => void (isWanted(kind) && moment(kind, detail));
  const heartbeats = startHeartbeats((...report) => void (isStopped || onSensor(...report)));
  const told = (name: SensorName): Told => ({ edges, moment: tell, beat: heartbeats.expect(name) });
  const started = [...sensors].flatMap((name) => {
    const start = starters[name];
    if (start === undefined) return [];
    const mine = told(name);
    return [whenFetched(start(mine, watched), [mine])];
  });

  const [camera = null, faces = null, head = null] = (["camera", "faces", "head"] as const).map((name) =>
    sensors.has(name) ? told(name) : null,
  );
  const asked = [camera, faces, head].filter((each) => each !== null);
  if (asked.length > 0) {
    const pictures = import("./pictures.ts").then(({ watchPictures }) =>
      watchPictures({ camera, faces, head }, watched.camera.getVideoTracks()[0]),
    );
    started.push(whenFetched(pictures, asked));
  }
  return {
    stop() {
      heartbeats.stop();
      for (const sensor of started) sensor.stop();
      // Whoever watches next, with another camera or screen, begins anew what is still the case.
      edges.endAll();
      isStopped = true;
    },
  };
}
