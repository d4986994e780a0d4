import { startFaceCounter } from "#client/sensors/face-counter.ts";

/** What the specification reads from the page. Times are `performance.now()`, durations milliseconds. */
export type FaceHarness = {
  readonly startedAt: number;
  readonly counts: {
    readonly count: number;
    readonly confidence: number;
    readonly at: number;
    readonly tookMs: number;
  }[];
  readonly states: { readonly state: string; readonly reason: string | null; readonly at: number }[];
  readonly longTasksMs: number[];
  readonly track: MediaStreamTrack;
  readonly stop: () => void;
};

declare global {
  var faceHarness: FaceHarness | undefined;
}

const stream = await navigator.mediaDevices.getUserMedia({ video: { width: 640, height: 480 } });
const track = stream.getVideoTracks()[0]!;
const camera = document.querySelector<HTMLVideoElement>("#camera")!;
camera.srcObject = stream;

const counts: FaceHarness["counts"] = [];
const states: FaceHarness["states"] = [];
const longTasksMs: number[] = [];
new PerformanceObserver((list) => longTasksMs.push(...list.getEntries().map((entry) => entry.duration))).observe({
  type: "longtask",
});

const startedAt = performance.now();
const { stop } = startFaceCounter({
  video: location.search === "?track" ? track : camera,
  intervalMs: 250,
  onCount: (count, confidence, at) => counts.push({ count, confidence, at, tookMs: performance.now() - at }),
  onState: (state, reason) => states.push({ state, reason, at: performance.now() }),
});
globalThis.faceHarness = { startedAt, counts, states, longTasksMs, track, stop };
