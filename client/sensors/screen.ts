import type { Sensor, Told } from "./sensor.ts";
import { watchTrack } from "./track.ts";

/** Whether the screen is still shared. */
export function watchScreen(told: Told, display: MediaStreamTrack | undefined): Sensor {
  return watchTrack(told, "screen-share-ended", display);
}
