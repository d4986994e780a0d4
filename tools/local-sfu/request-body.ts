import * as v from "valibot";

/** Cloudflare's own limit of tracks in one call. */
const TRACKS_PER_CALL = 64;

const Name = v.pipe(v.string(), v.minLength(1), v.maxLength(256));

const SessionDescription = v.object({
  type: v.picklist(["offer", "answer"]),
  sdp: v.string(),
});

const LocalTrack = v.object({
  location: v.literal("local"),
  mid: Name,
  trackName: Name,
});

/** `simulcast` is read to be refused where the real SFU refuses it: nothing here is sent in more than one size. */
const RemoteTrack = v.object({
  location: v.literal("remote"),
  sessionId: Name,
  trackName: Name,
  simulcast: v.optional(v.record(v.string(), v.unknown())),
});

function batchOf<Item extends v.GenericSchema>(item: Item) {
  return v.pipe(v.array(item), v.minLength(1), v.maxLength(TRACKS_PER_CALL));
}

/** All tracks of one call are local, or all are remote. */
export const NewTracks = v.union([
  v.pipe(
    v.object({ sessionDescription: v.optional(SessionDescription), tracks: batchOf(LocalTrack) }),
    v.transform(({ sessionDescription, tracks }) => ({ kind: "publish" as const, sessionDescription, tracks })),
  ),
  v.pipe(
    v.object({ tracks: batchOf(RemoteTrack) }),
    v.transform(({ tracks }) => ({ kind: "pull" as const, tracks })),
  ),
]);

export const Renegotiation = v.object({ sessionDescription: SessionDescription });

export const UpdatedTracks = v.object({
  tracks: batchOf(v.object({ ...RemoteTrack.entries, mid: Name })),
});

export const ClosedTracks = v.object({
  tracks: batchOf(v.object({ mid: Name })),
  force: v.optional(v.boolean(), false),
  sessionDescription: v.optional(SessionDescription),
});

/** A session may be opened with an offer in hand, though that form is undocumented. */
export const NewSession = v.object({ sessionDescription: v.optional(SessionDescription) });

/** `ttl` is in seconds, 48 hours at most. */
export const IceServers = v.object({
  ttl: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(48 * 60 * 60)),
});

/** The next `count` calls are refused; with `path`, only calls whose path ends in it. */
export const PlannedFailures = v.object({
  count: v.pipe(v.number(), v.integer(), v.minValue(1)),
  status: v.pipe(v.number(), v.integer(), v.minValue(400), v.maxValue(599)),
  errorCode: v.optional(v.string(), "internal_error"),
  path: v.optional(v.string(), ""),
});

export const Loss = v.object({ percent: v.pipe(v.number(), v.minValue(0), v.maxValue(100)) });
