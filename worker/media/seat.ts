import type { LiveTrack } from "#domain/attempt/command.ts";
import type { LiveMedia } from "#domain/attempt/state.ts";
import type { AttemptId } from "#domain/exam/ids.ts";
import type { TrackSource } from "./sfu.ts";

/** One track of one candidate: what a proctor asks to see or hear. */
export type Seat = { readonly attemptId: AttemptId; readonly track: LiveTrack };

/** The name of a track in its publisher's session of the SFU. */
export function trackNameOf(track: LiveTrack): string {
  return track;
}

/** Where a seat's track is, null when it cannot be watched now. `live` is what the exam session lets be watched. */
export function sourceOf(seat: Seat, live: Readonly<Record<AttemptId, LiveMedia>>): TrackSource | null {
  if (!Object.hasOwn(live, seat.attemptId)) return null;
  const media = live[seat.attemptId];
  if (media === undefined || !media.tracks.includes(seat.track)) return null;
  return { sfuSession: media.sfuSession, trackName: trackNameOf(seat.track) };
}
