import { hasDockedPart } from "./docked-tools.ts";
import { createPauseWatch, type PauseWatch } from "./pause-watch.ts";
import type { FromPauseWorker } from "./pause-worker-message.ts";
import type { Sensor, Told } from "./sensor.ts";

const lookEveryMs = 250;
/** The worker is asked, and the window's size looked at, at each of so many looks. */
const looksPerQuestion = 2;
/** A worker that does not even come to its breakpoint for so many looks is replaced. */
const patienceLooks = 20;
/** How sure the size of the page alone makes. The breakpoint makes sure. */
const sizeConfidence = 0.6;

/**
 * Whether developer tools are open: a worker stands still at its breakpoint, or in full screen something is docked to the
 * page. It is one signal and no proof: tools whose breakpoints are switched off, in a window of their own, are not seen.
 */
export function watchDeveloperTools({ edges, beat }: Told): Sensor {
  let watch: PauseWatch = createPauseWatch();
  let worker = launch();
  let looks = 0;
  /** For how many looks the worker has owed an answer; null while it owes none. */
  let owed: number | null = null;
  let wasDocked = false;
  let isDocked = false;

  function launch(): Worker {
    const launched = new Worker(new URL("./pause-worker.ts", import.meta.url), { type: "module" });
    launched.addEventListener("message", ({ data }: MessageEvent<FromPauseWorker>) => {
      if (launched !== worker) return;
      if (data.kind === "reaches") return watch.reaches();
      watch.passes(data.tookMs);
      owed = null;
      beat("working");
    });
    launched.addEventListener("error", () => {
      if (launched === worker) beat("lost", "could-not-load");
    });
    return launched;
  }

  function replace(): void {
    worker.terminate();
    watch = createPauseWatch();
    worker = launch();
    owed = null;
  }

  function look(): void {
    const isHeld = watch.look(performance.now());
    if (isHeld) beat("working");
    if (looks % looksPerQuestion === 0) {
      // Two looks have to agree: a window that just changes its size has two sizes for a moment.
      const isDockedNow = document.fullscreenElement !== null && hasDockedPart(window);
      isDocked = isDockedNow && wasDocked;
      wasDocked = isDockedNow;
      if (owed === null) {
        owed = 0;
        worker.postMessage("come");
      }
    }
    looks += 1;
    if (owed !== null) owed = isHeld ? 0 : owed + 1;
    edges.read("developer-tools", isHeld || isDocked, {
      count: null,
      confidence: isHeld ? 1 : sizeConfidence,
    });
    if (owed !== null && owed > patienceLooks) replace();
  }

  const timer = setInterval(look, lookEveryMs);
  return {
    stop() {
      clearInterval(timer);
      worker.terminate();
    },
  };
}
