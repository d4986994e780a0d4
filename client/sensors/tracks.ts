import type { SignalEdges } from "./signal-edges.ts";
import type { Sensor } from "./sensor.ts";

const lookEveryMs = 1_000;

/**
 * Whether the camera, the microphone and the screen still send. Events tell at once; the look every second catches what
 * fires none, such as a track that the page itself or an extension stopped.
 */
export function watchTracks(edges: SignalEdges, camera: MediaStream, screen: MediaStream): Sensor {
  const [picture] = camera.getVideoTracks();
  const [sound] = camera.getAudioTracks();
  const [display] = screen.getVideoTracks();
  const look = (): void => {
    edges.read("camera-ended", !isSending(picture));
    edges.read("microphone-ended", !isSending(sound));
    edges.read("screen-share-ended", !isSending(display));
  };
  const watched = [picture, sound, display].filter((track) => track !== undefined);
  const events = ["ended", "mute", "unmute"] as const;
  for (const track of watched) for (const event of events) track.addEventListener(event, look);
  const timer = setInterval(look, lookEveryMs);
  look();
  return {
    stop() {
      clearInterval(timer);
      for (const track of watched) for (const event of events) track.removeEventListener(event, look);
    },
  };
}

function isSending(track: MediaStreamTrack | undefined): boolean {
  return track !== undefined && track.readyState === "live" && !track.muted;
}
