import type { InferOutput } from "valibot";
import { isRefusal, itemError, refusalReply, type ItemError, type Reply } from "./reply.ts";
import type { ClosedTracks } from "./request-body.ts";
import type { Session } from "./session.ts";

/**
 * `PUT tracks/close`. With `force`, the flow of media stops and nothing is negotiated: the browser learns of it with
 * the next description. Otherwise the browser's offer, in which it has stopped the sections, is answered.
 */
export function closeTracks(session: Session, request: InferOutput<typeof ClosedTracks>): Reply {
  if (request.force) return closed(request.tracks.map(({ mid }) => ({ mid, ...closeTrack(session, mid) })));

  const remote = session.readOffer(request.sessionDescription);
  if (isRefusal(remote)) return refusalReply(remote);
  const tracks = request.tracks.map(({ mid }) => ({ mid, ...closeTrack(session, mid) }));
  const sessionDescription = session.answer(remote);
  // As the real one: a bundle without sections has no transport, and a session without transport is over.
  if (session.negotiation.isEmptied) session.close();
  return closed(tracks, { sessionDescription });
}

function closeTrack(session: Session, mid: string): ItemError | null {
  const section = session.negotiation.sectionOf(mid);
  const track = section?.publication ?? section?.subscription ?? null;
  if (section === null || track === null) {
    return itemError("close_track_error", "Track doesn't exist or was already closed");
  }
  // What the browser sends can be published again under another name; what we send is over.
  if (section.subscription !== null) session.negotiation.endSending(section);
  track.close();
  return null;
}

function closed(tracks: readonly object[], more: object = {}): Reply {
  return { status: 200, body: { requiresImmediateRenegotiation: false, tracks, ...more } };
}
