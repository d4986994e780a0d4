import { hasPicture, hiddenVideoOf } from "../sensors/camera-video.ts";
import type { FromStillWorker, TakenPicture, ToStillWorker } from "./still-worker-message.ts";

/** A track of which single pictures can be taken. Null: there was no picture to take, or none could be made of it. */
export type StillCamera = {
  /** A JPEG of at most this width, and of at most so many bytes if it can be had. */
  take(maxWidth: number, maxBytes: number): Promise<TakenPicture | null>;
  /** How sharp the picture is that the track shows now; `sharpness.ts` says in what. */
  sharpness(): Promise<number | null>;
  stop(): void;
};

/** How long (ms) to wait for a picture, and how long for the worker: longer than a busy machine needs. */
const picturePatienceMs = 3_000;
const workerPatienceMs = 10_000;
const lookAgainMs = 100;

type Question = ToStillWorker extends infer Each
  ? Each extends ToStillWorker
    ? Omit<Each, "id" | "frame">
    : never
  : never;

/** Keeps the track's picture at hand, so that a still is of the moment at which it is asked for. */
export function openStillCamera(track: MediaStreamTrack): StillCamera {
  const video = hiddenVideoOf(track);
  hasPicture(video); // begins to play
  let worker: Worker | null = null;
  let asked = 0;

  async function frame(): Promise<ImageBitmap | null> {
    // Asked again after a stop.
    video.srcObject ??= new MediaStream([track]);
    const until = performance.now() + picturePatienceMs;
    while (!hasPicture(video)) {
      if (track.readyState === "ended" || performance.now() > until) return null;
      await new Promise((resolve) => setTimeout(resolve, lookAgainMs));
    }
    // The track may end between the look and the grab.
    return createImageBitmap(video).catch(() => null);
  }

  async function ask(question: Question): Promise<FromStillWorker | null> {
    const picture = await frame();
    if (picture === null) return null;
    worker ??= new Worker(new URL("./still-worker.ts", import.meta.url), { type: "module" });
    const here = worker;
    asked += 1;
    const id = asked;
    return new Promise((resolve) => {
      const timer = setTimeout(() => settle(null), workerPatienceMs);
      const hear = ({ data }: MessageEvent<FromStillWorker>): void => {
        if (data.id === id) settle(data);
      };
      const fail = (): void => settle(null);
      function settle(answer: FromStillWorker | null): void {
        clearTimeout(timer);
        here.removeEventListener("message", hear);
        here.removeEventListener("error", fail);
        resolve(answer);
      }
      here.addEventListener("message", hear);
      here.addEventListener("error", fail);
      here.postMessage({ ...question, id, frame: picture } satisfies ToStillWorker, [picture]);
    });
  }

  return {
    async take(maxWidth, maxBytes) {
      const answer = await ask({ kind: "encode", maxWidth, maxBytes });
      return answer?.kind === "encoded" ? answer.picture : null;
    },
    async sharpness() {
      const answer = await ask({ kind: "sharpness" });
      return answer?.kind === "sharpness" ? answer.sharpness : null;
    },
    stop() {
      video.srcObject = null;
      worker?.terminate();
      worker = null;
    },
  };
}
