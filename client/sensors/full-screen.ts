import { lookRegularly } from "./regular-look.ts";
import type { Sensor, Told } from "./sensor.ts";

/** Whether the exam is out of full screen. */
export function watchFullScreen({ edges, beat }: Told): Sensor {
  const look = (): void => edges.read("full-screen-left", document.fullscreenElement === null);
  return lookRegularly(beat, look, [[document, "fullscreenchange"]]);
}
