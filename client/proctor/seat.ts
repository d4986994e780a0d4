import { useEffect, useState } from "react";
import type { Receiver, Seat, SeatState } from "../media/receiver.ts";

/** Where pictures and sound come from. */
export type Pictures = Pick<Receiver, "watch">;

export type Watched = { readonly stream: MediaStream | null; readonly state: SeatState };

const nothing: Watched = { stream: null, state: "none" };

/** Watches a track for as long as the component shows it; null watches nothing. */
export function useSeat(receiver: Pictures, seat: Seat | null): Watched {
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
