import type { Finding } from "#protocol/system-check.ts";
import { startFaceCounter } from "../sensors/face-counter.ts";

/** The model is about three megabytes on the line: at 256 kbit/s it takes a minute and a half, once. */
const patienceMs = 120_000;
/** Counts of a camera's pictures before it is said that nobody, or more than one, is before it. */
const looks = 3;

/**
 * Loads the exam's own face counter and lets it count: the camera's pictures, or a drawn one where there is no camera,
 * which only shows that it works.
 */
export function probeFaces(camera: MediaStreamTrack | null, stopped: AbortSignal): Promise<Finding<"faces">> {
  const drawn = camera === null ? drawnPicture() : null;
  const track = camera ?? drawn?.track;
  if (track === undefined) return Promise.resolve("could-not-work");
  return new Promise((resolve) => {
    let counted = 0;
    let isOver = false;
    const finish = (finding: Finding<"faces">): void => {
      if (isOver) return;
      isOver = true;
      clearTimeout(timer);
      counter.stop();
      drawn?.stop();
      resolve(finding);
    };
    const timer = setTimeout(() => finish("no-answer"), patienceMs);
    const counter = startFaceCounter({
      video: track,
      onCount(count) {
        counted += 1;
        if (count === 1 || camera === null) finish("fine");
        else if (counted >= looks) finish(count === 0 ? "no-face" : "several-faces");
      },
      onState(_state, reason) {
        if (reason === "could-not-load" || reason === "could-not-work") finish(reason);
      },
    });
    stopped.addEventListener("abort", () => finish("no-answer"), { once: true });
  });
}

/** A picture without anybody in it, as a camera would show it. */
function drawnPicture(): { readonly track: MediaStreamTrack | undefined; readonly stop: () => void } {
  const canvas = document.createElement("canvas");
  canvas.width = 320;
  canvas.height = 240;
  const context = canvas.getContext("2d");
  const [track] = canvas.captureStream(5).getVideoTracks();
  let shade = 0;
  // A canvas gives a picture only when something was drawn.
  const timer = setInterval(() => {
    if (context === null) return;
    shade = (shade + 1) % 64;
    context.fillStyle = `rgb(${90 + shade} 110 120)`;
    context.fillRect(0, 0, canvas.width, canvas.height);
  }, 200);
  return {
    track,
    stop() {
      clearInterval(timer);
      track?.stop();
    },
  };
}
