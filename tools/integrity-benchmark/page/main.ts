import { openCamera } from "#client/media/devices.ts";
import { watchCandidate } from "#client/sensors/watch-candidate.ts";
import { policyNamed, sensorsOf } from "#domain/integrity/policy.ts";
import { type SensorName, sensorNames } from "#domain/integrity/sensor.ts";
import { type SignalKind, signalKinds } from "#domain/integrity/signal.ts";
import type { Observation } from "../observation.ts";
import { type Mark, readMarks } from "./marks.ts";

/** What the benchmark reads from its page, and does with it. Moments are `Date.now()`, as the benchmark's own are. */
export type BenchPage = {
  readonly observations: Observation[];
  readonly marks: Mark[];
  readonly longTasks: { readonly at: number; readonly ms: number }[];
  /** Null until the streams are open. */
  streams: { readonly camera: MediaStream; readonly screen: MediaStream } | null;
  /** Runs the sensors that the strict policy asks for. */
  readonly watch: () => void;
  readonly stop: () => void;
  /** Camera and microphone end, are opened again after so long (ms), and are watched anew, as in the product. */
  readonly plugAgain: (afterMs: number) => Promise<void>;
};

declare global {
  var bench: BenchPage | undefined;
}

const strict = policyNamed("strict");
const lookedFor = new Set<SignalKind>(signalKinds.filter((kind) => strict.rules[kind] !== undefined));
const sensors: ReadonlySet<SensorName> = new Set(sensorNames.filter((name) => sensorsOf(strict).has(name)));
/** The product refuses any other surface at the door; later, a browser may change it by itself. */
const anySurface = { video: { frameRate: { max: 5 }, width: { max: 1920 }, height: { max: 1080 } }, audio: false };

let watching: { readonly stop: () => void } | null = null;
const bench: BenchPage = {
  observations: [],
  marks: [],
  longTasks: [],
  streams: null,
  watch() {
    if (bench.streams === null) throw new Error("the streams are not open yet");
    const { observations } = bench;
    watching = watchCandidate({
      ...bench.streams,
      lookedFor,
      sensors,
      begin: (kind, detail) => observations.push({ at: Date.now(), type: "begin", kind, detail }),
      end: (kind) => observations.push({ at: Date.now(), type: "end", kind }),
      moment: (kind, detail) => observations.push({ at: Date.now(), type: "moment", kind, detail }),
      onSensor: (sensor, state, reason) => observations.push({ at: Date.now(), type: "sensor", sensor, state, reason }),
    });
  },
  stop() {
    watching?.stop();
    watching = null;
  },
  async plugAgain(afterMs) {
    if (bench.streams === null) return;
    for (const track of bench.streams.camera.getTracks()) track.stop();
    await new Promise((resolve) => setTimeout(resolve, afterMs));
    const camera = await openCamera();
    if (!camera.ok) throw new Error(`no camera: ${camera.why}`);
    bench.stop();
    bench.streams = { ...bench.streams, camera: camera.stream };
    bench.watch();
  },
};
globalThis.bench = bench;

new PerformanceObserver((list) => {
  for (const { duration } of list.getEntries()) bench.longTasks.push({ at: Date.now(), ms: duration });
}).observe({ type: "longtask" });

async function start(): Promise<void> {
  await document.documentElement.requestFullscreen({ navigationUI: "hide" });
  const screen = await navigator.mediaDevices.getDisplayMedia(anySurface);
  const camera = await openCamera();
  if (!camera.ok) throw new Error(`no camera: ${camera.why}`);
  const [picture] = camera.stream.getVideoTracks();
  if (picture !== undefined) readMarks(picture.clone(), (mark) => bench.marks.push(mark));
  bench.streams = { camera: camera.stream, screen };
}

/** As in the product: who shares again is watched anew. */
async function shareAgain(): Promise<void> {
  if (bench.streams === null) return;
  const screen = await navigator.mediaDevices.getDisplayMedia(anySurface);
  bench.stop();
  bench.streams = { ...bench.streams, screen };
  bench.watch();
}

document.querySelector("#start")?.addEventListener("click", () => void start());
document.querySelector("#share")?.addEventListener("click", () => void shareAgain());
