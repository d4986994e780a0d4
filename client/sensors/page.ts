import { lookRegularly } from "./regular-look.ts";
import type { Sensor, Told } from "./sensor.ts";

/**
 * Whether the exam's page is hidden (another tab is before it, or the window is minimised), and whether another window
 * has the focus.
 */
export function watchPage({ edges, beat }: Told): Sensor {
  const look = (): void => {
    edges.read("tab-hidden", document.visibilityState === "hidden");
    edges.read("window-blurred", !document.hasFocus());
  };
  return lookRegularly(beat, look, [
    [document, "visibilitychange"],
    [window, "blur"],
    [window, "focus"],
  ]);
}
