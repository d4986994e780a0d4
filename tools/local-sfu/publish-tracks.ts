import { isRefusal, itemError, refusalReply, type ItemError, type Reply } from "./reply.ts";
import type { Session, SessionDescription } from "./session.ts";

export type LocalTrack = { readonly mid: string; readonly trackName: string };

/** `POST tracks/new` with local tracks: answers the browser's offer and names what it sends. */
export function publishTracks(
  session: Session,
  tracks: readonly LocalTrack[],
  offer: SessionDescription | undefined,
): Reply {
  const remote = session.readOffer(offer);
  if (isRefusal(remote)) return refusalReply(remote);
  const sessionDescription = session.answer(remote);
  const items = tracks.map(({ mid, trackName }) => ({
    location: "local",
    mid,
    trackName,
    ...publishTrack(session, mid, trackName),
  }));
  return { status: 200, body: { requiresImmediateRenegotiation: false, sessionDescription, tracks: items } };
}

function publishTrack(session: Session, mid: string, trackName: string): ItemError | null {
  const section = session.negotiation.sectionOf(mid);
  if (section === null || section.kind === "application") {
    return itemError("invalid_params", "The offer has no audio or video section with this mid");
  }
  if (section.role !== "receiving") {
    return itemError("invalid_params", "The section of this mid sends nothing, or no VP8 or Opus");
  }
  if (session.publicationNamed(trackName) !== null) {
    return itemError("repeated_local_track_error", "A track of this name is already published in this session");
  }
  session.publish(section, section.kind, trackName);
  return null;
}
