import type { SignalEdges } from "./signal-edges.ts";
import type { Sensor } from "./sensor.ts";

/** Whether the exam is out of full screen. */
export function watchFullScreen(edges: SignalEdges): Sensor {
  const look = (): void => edges.read("full-screen-left", document.fullscreenElement === null);
  document.addEventListener("fullscreenchange", look);
  look();
  return { stop: () => document.removeEventListener("fullscreenchange", look) };
}
