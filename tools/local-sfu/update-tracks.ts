import { findPublication, type TrackAddress } from "./pull-tracks.ts";
import { itemError, type ItemError, type Reply } from "./reply.ts";
import type { Session } from "./session.ts";
import type { Sessions } from "./sessions.ts";

type Update = TrackAddress & { readonly mid: string; readonly simulcast?: object | undefined };

/** `PUT tracks/update`: lets a section that already receives show another track, without any new description. */
export async function updateTracks(sessions: Sessions, session: Session, updates: readonly Update[]): Promise<Reply> {
  const tracks = await Promise.all(
    updates.map(async (update) => ({
      location: "remote",
      mid: update.mid,
      sessionId: update.sessionId,
      trackName: update.trackName,
      ...(await updateTrack(sessions, session, update)),
    })),
  );
  return { status: 200, body: { requiresImmediateRenegotiation: false, tracks } };
}

async function updateTrack(sessions: Sessions, session: Session, update: Update): Promise<ItemError | null> {
  const before = session.negotiation.sectionOf(update.mid)?.subscription ?? null;
  if (before === null) return itemError("update_track_error", "No track is received at this mid");
  const isSame = before.sessionId === update.sessionId && before.trackName === update.trackName;
  if (isSame && update.simulcast !== undefined) {
    return itemError("update_track_error", "The track is not configured for simulcast, no updates applicable.");
  }
  const publication = await findPublication(sessions, update);
  if ("errorCode" in publication) return publication;
  if (publication.kind !== before.publication.kind) {
    return itemError("update_track_error", "Sound cannot take the place of a picture, nor a picture that of sound");
  }
  // The track may have been closed while the other one's media were waited for.
  if (before.isClosed) return itemError("update_track_error", "No track is received at this mid");
  before.moveTo(publication, sessions.environment.now());
  return null;
}
