import type { TimeView } from "#domain/attempt/time-view.ts";
import type { EpochMs } from "#domain/integrity/signal.ts";
import type { Tile } from "#protocol/session/down.ts";
import { formatClock } from "../ui/format-duration.ts";
import { formatTime } from "../ui/format-moment.ts";

/** What is left of the exam's time; nothing before there is any. Whether it runs is said by the status. */
export function timeLeft(time: TimeView | null, now: EpochMs): string {
  if (time === null) return "";
  if (time.endsAt !== null) return formatClock(time.endsAt - now);
  return time.leftMs === null ? "" : formatClock(time.leftMs);
}

/** Why there is no picture, as the proctor reads it in its place. */
export function pictureReason({ online, view }: Tile): string {
  switch (view.status) {
    case "registered":
      return "Not here yet";
    case "handed-in":
    case "terminated":
      return "Finished";
    default:
      break;
  }
  if (!online) return view.cutOffSince === null ? "Offline" : `Offline since ${formatTime(view.cutOffSince)}`;
  return view.live.length === 0 ? "Camera not connected yet" : "Waiting for video…";
}
