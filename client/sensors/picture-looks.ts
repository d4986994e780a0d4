import type { SensorReason } from "#domain/integrity/sensor.ts";
import { frameSizeFor, nextStep, retryDelayMs } from "./face-count.ts";
import { createLookPace } from "./look-pace.ts";
import { hasPicture, hiddenVideoOf } from "./camera-video.ts";
import type { FromPictureWorker, Looked, PictureModel, ToPictureWorker } from "./picture-worker-message.ts";

export type PictureLook = Looked & {
  /** The `performance.now()` of the moment the picture was taken. */
  readonly at: number;
  /** The machine is busy or hot: models look less often. */
  readonly isSlow: boolean;
};

export type PictureLooksOptions = {
  /** The camera: a video element that shows its stream, or the track itself (a hidden element is made for it). */
  readonly video: HTMLVideoElement | MediaStreamTrack;
  /** What looks at the pictures beyond their statistics. Only what is named is loaded. */
  readonly models: readonly PictureModel[];
  /** Whether to look again at once, because one picture alone proves nothing. */
  readonly onLook: (look: PictureLook) => "settled" | "again";
  /** Nothing comes from these (with `pictures`: from none at all) until the next look that has them. */
  readonly onLost: (lost: readonly ("pictures" | PictureModel)[], reason: SensorReason) => void;
  /** How often a picture is looked at. A hidden tab's timers make it once a second at best. */
  readonly intervalMs?: number;
  /** The folder that `buildFaceAssets` filled, on the page's own origin. */
  readonly assetsPath?: string;
};

/** How soon (ms) a doubtful picture is followed by another: enough for a slow camera to have a new one. */
const againMs = 300;

/**
 * Looks at the camera's pictures on this device, for the sensors of the camera, of faces and of the head: no picture
 * leaves the page. The page's thread only takes one small picture a second; a worker does the rest. What is lost is
 * begun anew by itself, after a growing pause.
 */
export function startPictureLooks(options: PictureLooksOptions): { readonly stop: () => void } {
  const { models, onLook, onLost, intervalMs = 1000, assetsPath = "/face" } = options;
  const assets = new URL(assetsPath, document.baseURI).href;
  const video = options.video instanceof MediaStreamTrack ? hiddenVideoOf(options.video) : options.video;
  const pace = createLookPace(intervalMs);

  let worker: Worker | null = null;
  let isReady = false;
  /** The models that have not answered since this worker was launched. */
  let unheard = new Set<PictureModel>(models);
  let failed = new Set<PictureModel>();
  /** When the picture in work was taken, null when the worker is free. */
  let askedAt: number | null = null;
  let pictureAt = performance.now();
  let beatAt = performance.now();
  let idleBeats = 0;
  let failuresInARow = 0;
  let retryTimer: ReturnType<typeof setTimeout> | undefined;
  let againTimer: ReturnType<typeof setTimeout> | undefined;

  function launch(): void {
    worker?.terminate();
    const launched = new Worker(new URL("./picture-worker.ts", import.meta.url), { type: "module" });
    launched.addEventListener("message", ({ data }: MessageEvent<FromPictureWorker>) => {
      if (launched === worker) hear(data);
    });
    launched.addEventListener("error", () => {
      if (launched === worker) lose(isReady ? "could-not-work" : "could-not-load");
    });
    worker = launched;
    isReady = false;
    unheard = new Set(models);
    failed = new Set();
    askedAt = null;
    say({ kind: "load", assets, models });
  }

  function say(message: ToPictureWorker, transfer: Transferable[] = []): void {
    worker?.postMessage(message, transfer);
  }

  function hear(message: FromPictureWorker): void {
    switch (message.kind) {
      case "ready":
        isReady = true;
        pictureAt = performance.now();
        idleBeats = 0;
        return;
      case "looked":
        hearLook(message.looked);
        return;
      case "failed":
        console.warn(`picture worker: ${message.model}:`, message.why);
        failed.add(message.model);
        // The rest goes on meanwhile: a new worker takes its place when the model is tried again.
        retryLater();
        onLost([message.model], message.reason);
        return;
    }
  }

  function hearLook(looked: Looked): void {
    const at = askedAt;
    askedAt = null;
    if (at === null) return;
    for (const model of models) if (looked[model] !== null) unheard.delete(model);
    if (unheard.size === 0) failuresInARow = 0;
    // The first answer of a model takes long on any machine.
    if (unheard.size === 0 && models.some((model) => looked[model] !== null)) pace.answered(performance.now() - at);
    const settled = onLook({ ...looked, at, isSlow: pace.isSlow() });
    if (settled === "again" && !pace.isSlow()) againTimer = setTimeout(lookAgain, Math.min(againMs, intervalMs));
  }

  /** Replaces the worker: one that does not answer cannot be asked to begin anew. */
  function lose(reason: SensorReason): void {
    worker?.terminate();
    worker = null;
    isReady = false;
    retryLater();
    onLost(["pictures", ...models], reason);
  }

  function retryLater(): void {
    failuresInARow += 1;
    clearTimeout(retryTimer);
    retryTimer = setTimeout(launch, retryDelayMs(failuresInARow));
  }

  function beat(): void {
    const now = performance.now();
    if (now - beatAt > 2 * intervalMs) pace.late();
    beatAt = now;
    if (!isReady) return;
    if (hasPicture(video)) pictureAt = now;
    idleBeats += 1;
    const isLoading = models.some((model) => unheard.has(model) && !failed.has(model));
    const step = nextStep(now, { askedAt, pictureAt, idleBeats, isLoading });
    if (step === "ask") void ask(now, pace.isDue());
    else if (step === "no-answer") lose(step);
    else if (step === "no-picture") onLost(["pictures", ...models], "no-input"); // a new worker would not help
  }

  function lookAgain(): void {
    if (isReady && askedAt === null && hasPicture(video)) void ask(performance.now(), true);
  }

  async function ask(now: number, withModels: boolean): Promise<void> {
    const asked = worker;
    askedAt = now;
    idleBeats = 0;
    const { width, height } = frameSizeFor({ width: video.videoWidth, height: video.videoHeight });
    try {
      const frame = await createImageBitmap(video, { resizeWidth: width, resizeHeight: height });
      const wanted = withModels ? models.filter((model) => !failed.has(model)) : [];
      if (worker === asked && askedAt === now) say({ kind: "look", frame, models: wanted }, [frame]);
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
      clearTimeout(againTimer);
      worker?.terminate();
      worker = null;
      isReady = false;
      if (video !== options.video) video.srcObject = null;
    },
  };
}
