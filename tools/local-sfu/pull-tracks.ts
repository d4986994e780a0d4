import type { Publication } from "./publication.ts";
import { itemError, refusal, refusalReply, type ItemError, type Reply } from "./reply.ts";
import type { Session } from "./session.ts";
import type { Sessions } from "./sessions.ts";
import { waitUntil } from "./wait-until.ts";

export type TrackAddress = { readonly sessionId: string; readonly trackName: string };

/** `POST tracks/new` with remote tracks: offers the browser one more section for each track that is there. */
export async function pullTracks(
  sessions: Sessions,
  session: Session,
  tracks: readonly TrackAddress[],
): Promise<Reply> {
  if (session.negotiation.awaitsAnswer) {
    const waiting = "An offer of the SFU is still waiting for its answer";
    return refusalReply(refusal(406, "invalid_session_description", waiting));
  }
  const found = await Promise.all(tracks.map((track) => findPublication(sessions, track)));
  // The session may have ended while others' media were waited for.
  if (session.isClosed) return refusalReply(refusal(410, "session_error", "The session is closed"));

  const items = tracks.map(({ sessionId, trackName }, index) => {
    const publication = found[index];
    const track = { location: "remote", sessionId, trackName };
    if (publication === undefined || "errorCode" in publication) return { ...track, mid: "", ...publication };
    return { ...track, mid: session.subscribe(publication).mid };
  });
  const isChanged = items.some(({ mid }) => mid !== "");
  return {
    status: 200,
    body: {
      requiresImmediateRenegotiation: isChanged,
      tracks: items,
      ...(isChanged ? { sessionDescription: session.offer() } : {}),
    },
  };
}

/** The publication, once media flow in it. Waits for them as the real SFU does. */
export async function findPublication(sessions: Sessions, address: TrackAddress): Promise<Publication | ItemError> {
  const { patienceMs } = sessions.environment.limits;
  const open = () => sessions.find(address.sessionId)?.publicationNamed(address.trackName) ?? null;
  const flowing = await waitUntil(() => {
    if (sessions.find(address.sessionId) === null) return "gone";
    const publication = open();
    return publication?.isFlowing === true ? publication : null;
  }, patienceMs);
  if (flowing !== null && flowing !== "gone") return flowing;
  const text =
    "Track not found on remote peer. Make sure the publisher peer is connected and sending packets for this track";
  return itemError(open() === null ? "not_found_track_error" : "empty_track_error", text);
}
