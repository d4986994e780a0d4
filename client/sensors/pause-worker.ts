/**
 * Comes to a breakpoint each time it is asked. Where no debugger is attached, that is nothing; where developer tools are
 * open, the worker stands still until they let it go on, and the page does not.
 */
import type { FromPauseWorker } from "./pause-worker-message.ts";

self.addEventListener("message", () => {
  self.postMessage({ kind: "reaches" } satisfies FromPauseWorker);
  const before = performance.now();
  // oxlint-disable-next-line no-debugger -- it is what this worker is for
  debugger;
  self.postMessage({ kind: "passes", tookMs: performance.now() - before } satisfies FromPauseWorker);
});
