import { useEffect, useState } from "react";
import type { LiveTrack } from "#domain/attempt/command.ts";
import type { AttemptId } from "#domain/exam/ids.ts";

export type Seat = { readonly attemptId: AttemptId; readonly track: LiveTrack };
export type SeatState = "connecting" | "live" | "none";

/** What the console needs of client/media/receiver.ts. */
export type ReceiverLike = {
  watch(seat: Seat, onChange: (stream: MediaStream | null, state: SeatState) => void): { release(): void };
};

export type Watched = { readonly stream: MediaStream | null; readonly state: SeatState };

const nothing: Watched = { stream: null, state: "none" };

/** Watches a track for as long as the component shows it; null watches nothing. */
export function useSeat(receiver: ReceiverLike, seat: Seat | null): Watched {
  const [watched, setWatched] = useState(nothing);
  const attemptId = seat?.attemptId ?? null;
  const track = seat?.track ?? null;
  useEffect(() => {
    if (attemptId === null || track === null) return;
    const held = receiver.watch({ attemptId, track }, (stream, state) => setWatched({ stream, state }));
    return () => {
      held.release();
      setWatched(nothing);
    };
  }, [receiver, attemptId, track]);
  return watched;
}
