import type { SignalEdges } from "./signal-edges.ts";
import type { Sensor } from "./sensor.ts";

/** Whether the exam's page is hidden: another tab is before it, or the window is minimised. */
export function watchPageVisibility(edges: SignalEdges): Sensor {
  const look = (): void => edges.read("tab-hidden", document.visibilityState === "hidden");
  document.addEventListener("visibilitychange", look);
  look();
  return { stop: () => document.removeEventListener("visibilitychange", look) };
}
