import type { Sensor, Told } from "./sensor.ts";
import { watchTrack } from "./track.ts";

/** Whether the microphone still sends. */
export function watchMicrophone(told: Told, sound: MediaStreamTrack | undefined): Sensor {
  return watchTrack(told, "microphone-ended", sound);
}
