import type { LastingSignalKind } from "#domain/integrity/signal.ts";
import { lookRegularly } from "./regular-look.ts";
import type { Sensor, Told } from "./sensor.ts";

/** Whether a camera, a microphone or a screen still sends. `kind`: the signal that it does not. */
export function watchTrack(
  { edges, beat }: Told,
  kind: LastingSignalKind,
  track: MediaStreamTrack | undefined,
): Sensor {
  const look = (): void => edges.read(kind, !isSending(track));
  return lookRegularly(
    beat,
    look,
    track === undefined ? [] : (["ended", "mute", "unmute"] as const).map((type) => [track, type]),
  );
}

function isSending(track: MediaStreamTrack | undefined): boolean {
  return track !== undefined && track.readyState === "live" && !track.muted;
}
