import { longestSubject } from "#domain/integrity/signal.ts";
import type { Sensor, Told } from "./sensor.ts";
import { watchTrack } from "./track.ts";
import { isVirtualCamera } from "./virtual-camera.ts";

/** Whether the camera still sends, and whether it is a program, as long as it is used. Its pictures are watched apart. */
export function watchCameraTrack({ edges, moment }: Told, picture: MediaStreamTrack | undefined): Sensor {
  const label = picture?.label ?? "";
  if (isVirtualCamera(label)) {
    // Only a test browser's label is longer: the path of its file, which ends with the name.
    edges.read("virtual-camera", true, { count: null, confidence: null, subject: label.slice(-longestSubject) });
  }
  // The camera's heart is in its pictures: a track that is looked at says nothing of whether anybody looks at them.
  return watchTrack({ edges, moment, beat() {} }, "camera-ended", picture);
}
