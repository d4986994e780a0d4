import { type FaceCounterLoss, frameSizeFor, nextStep, retryDelayMs } from "./face-count.ts";
import type { FromFaceWorker, ToFaceWorker } from "./face-worker-message.ts";

/** `working` begins with the first count, not with the loaded model. */
export type FaceCounterState = "loading" | "working" | "lost";

export type FaceCounterOptions = {
  /** The camera: a video element that shows its stream, or the track itself (a hidden element is made for it). */
  readonly video: HTMLVideoElement | MediaStreamTrack;
  /** `confidence` is 0 to 1; `at` is the `performance.now()` of the moment the picture was taken. */
  readonly onCount: (count: number, confidence: number, at: number) => void;
  /** Called at each change. `reason` is null unless the state is `lost`. */
  readonly onState: (state: FaceCounterState, reason: FaceCounterLoss | null) => void;
  /** How often a picture is looked at. A hidden tab's timers make it once a second at best. */
  readonly intervalMs?: number;
  /** The folder that `buildFaceAssets` filled, on the page's own origin. */
  readonly assetsPath?: string;
};

export type FaceCounter = { readonly stop: () => void };

/**
 * Counts the faces before the camera, on this device: no picture leaves the page. The page's thread only takes a small
 * picture; a worker does the rest. A lost worker is replaced by itself, after a growing pause.
 */
export function startFaceCounter(options: FaceCounterOptions): FaceCounter {
  const { onCount, onState, intervalMs = 1000, assetsPath = "/face" } = options;
  const assets = new URL(assetsPath, document.baseURI).href;
  const video = options.video instanceof MediaStreamTrack ? hiddenVideoOf(options.video) : options.video;

  let worker: Worker | null = null;
  let loaded = false;
  /** When the picture in work was taken, null when the worker is free. */
  let askedAt: number | null = null;
  let pictureAt = performance.now();
  let idleBeats = 0;
  let failuresInARow = 0;
  let retryTimer: ReturnType<typeof setTimeout> | undefined;
  let told: FaceCounterState | FaceCounterLoss | null = null;

  function tell(state: "loading" | "working" | FaceCounterLoss): void {
    if (state === told) return;
    told = state;
    if (state === "loading" || state === "working") onState(state, null);
    else onState("lost", state);
  }

  function launch(): void {
    const launched = new Worker(new URL("./face-worker.ts", import.meta.url), { type: "module" });
    launched.addEventListener("message", ({ data }: MessageEvent<FromFaceWorker>) => {
      if (launched === worker) hear(data);
    });
    launched.addEventListener("error", () => {
      if (launched === worker) lose(loaded ? "could-not-count" : "could-not-load");
    });
    worker = launched;
    loaded = false;
    askedAt = null;
    if (told === null) tell("loading"); // a replacement stays lost until it counts
    say({ kind: "load", assets });
  }

  function say(message: ToFaceWorker, transfer: Transferable[] = []): void {
    worker?.postMessage(message, transfer);
  }

  function hear(message: FromFaceWorker): void {
    switch (message.kind) {
      case "loaded":
        loaded = true;
        pictureAt = performance.now();
        idleBeats = 0;
        return;
      case "counted": {
        const at = askedAt;
        askedAt = null;
        failuresInARow = 0;
        if (at === null) return;
        tell("working");
        onCount(message.count, message.confidence, at);
        return;
      }
      case "failed":
        console.warn("face counter:", message.reason);
        lose(loaded ? "could-not-count" : "could-not-load");
        return;
    }
  }

  /** Replaces the worker: one that does not answer cannot be asked to begin anew. */
  function lose(loss: FaceCounterLoss): void {
    worker?.terminate();
    worker = null;
    loaded = false;
    failuresInARow += 1;
    retryTimer = setTimeout(launch, retryDelayMs(failuresInARow));
    tell(loss);
  }

  function beat(): void {
    if (!loaded) return;
    const now = performance.now();
    if (hasPicture(video)) pictureAt = now;
    idleBeats += 1;
    const step = nextStep(now, { askedAt, pictureAt, idleBeats });
    if (step === "ask") void ask(now);
    else if (step === "no-answer") lose(step);
    else if (step === "no-picture") tell(step); // the camera's fault: a new worker would not help
  }

  async function ask(now: number): Promise<void> {
    const asked = worker;
    askedAt = now;
    idleBeats = 0;
    const { width, height } = frameSizeFor({ width: video.videoWidth, height: video.videoHeight });
    try {
      const frame = await createImageBitmap(video, { resizeWidth: width, resizeHeight: height });
      if (worker === asked && askedAt === now) say({ kind: "count", frame }, [frame]);
      else frame.close();
    } catch {
      // The camera stopped between the look and the grab; the next beat sees it.
      if (worker === asked) askedAt = null;
    }
  }

  const beatTimer = setInterval(beat, intervalMs);
  launch();

  return {
    stop() {
      clearInterval(beatTimer);
      clearTimeout(retryTimer);
      worker?.terminate();
      worker = null;
      loaded = false;
      if (video !== options.video) video.srcObject = null;
    },
  };
}

function hiddenVideoOf(track: MediaStreamTrack): HTMLVideoElement {
  const video = document.createElement("video");
  video.muted = true;
  video.playsInline = true;
  video.srcObject = new MediaStream([track]);
  return video;
}

/** A stopped or muted camera leaves its last picture in the element: that is not a picture of now. */
function hasPicture(video: HTMLVideoElement): boolean {
  if (video.paused) void video.play().catch(() => undefined); // refused until the element has data; asked again next beat
  const stream = video.srcObject;
  const tracks = stream instanceof MediaStream ? stream.getVideoTracks() : [];
  const live = tracks.some((track) => track.readyState === "live" && !track.muted && track.enabled);
  return live && !video.paused && video.readyState >= video.HAVE_CURRENT_DATA && video.videoWidth > 0;
}
