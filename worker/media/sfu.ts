import * as v from "valibot";
import { callSfu, type SfuAddress, type SfuResult } from "./sfu-call.ts";

/*
 * Cloudflare Realtime SFU, the calls that Invigil makes of it. This folder is the only place that knows its API
 * (https://developers.cloudflare.com/realtime/sfu/https-api/). Calls that change one session must not overlap: whoever
 * holds the session takes care of that, and the SFU answers 406 to the one that came too early.
 */

/** Where a published track is found: the publisher's session, and the track's name in it. */
export type TrackSource = { readonly sfuSession: string; readonly trackName: string };

/** `failed` holds the SFU's code for why this one track was left out of a call that otherwise did its work. */
export type TrackOutcome = { readonly mid: string; readonly failed: null } | { readonly failed: string };

const description = v.object({ type: v.picklist(["offer", "answer"]), sdp: v.string() });
const itemError = { errorCode: v.optional(v.string()) };

const opened = v.object({ sessionId: v.pipe(v.string(), v.minLength(1)) });
const published = v.object({
  sessionDescription: description,
  tracks: v.array(v.object({ trackName: v.string(), mid: v.optional(v.string(), ""), ...itemError })),
});
const pulled = v.object({
  sessionDescription: v.optional(description),
  tracks: v.array(
    v.object({
      sessionId: v.optional(v.string()),
      trackName: v.optional(v.string()),
      mid: v.optional(v.string(), ""),
      ...itemError,
    }),
  ),
});
const updated = v.object({ tracks: v.array(v.object({ mid: v.optional(v.string(), ""), ...itemError })) });
const closed = v.object({ tracks: v.array(v.object({ mid: v.optional(v.string()), ...itemError })) });
const anything = v.unknown();

/** Opens a session: one peer connection of one browser. It expires by itself when nobody connects. */
export async function openSession(sfu: SfuAddress): Promise<SfuResult<string>> {
  const result = await callSfu(sfu, { method: "POST", path: "/sessions/new", body: null, mayRepeat: true }, opened);
  return result.ok ? { ok: true, value: result.value.sessionId } : result;
}

/** Publishes what the browser offers in sections `mid` under `trackName`. Outcomes are in the order of `tracks`. */
export async function publishTracks(
  sfu: SfuAddress,
  sfuSession: string,
  offer: string,
  tracks: readonly { readonly mid: string; readonly trackName: string }[],
): Promise<SfuResult<{ readonly answer: string; readonly tracks: readonly TrackOutcome[] }>> {
  const body = {
    sessionDescription: { type: "offer", sdp: offer },
    tracks: tracks.map(({ mid, trackName }) => ({ location: "local", mid, trackName })),
  };
  const call = { method: "POST", path: `${pathOf(sfuSession)}/tracks/new`, body, mayRepeat: false } as const;
  const result = await callSfu(sfu, call, published);
  if (!result.ok) return result;
  const { sessionDescription, tracks: items } = result.value;
  return {
    ok: true,
    value: {
      answer: sessionDescription.sdp,
      tracks: tracks.map(({ trackName }) => outcomeOf(items.find((item) => item.trackName === trackName))),
    },
  };
}

/**
 * Adds tracks to what a session receives. `offer` is to be answered with `answerOffer` before the session's next call;
 * it is null when nothing was added. Outcomes are in the order of `sources`.
 */
export async function pullTracks(
  sfu: SfuAddress,
  sfuSession: string,
  sources: readonly TrackSource[],
): Promise<SfuResult<{ readonly offer: string | null; readonly tracks: readonly TrackOutcome[] }>> {
  const body = { tracks: sources.map(remote) };
  const call = { method: "POST", path: `${pathOf(sfuSession)}/tracks/new`, body, mayRepeat: false } as const;
  const result = await callSfu(sfu, call, pulled);
  if (!result.ok) return result;
  // Each answer is used once, so that a source asked for twice gets its two sections.
  const left = [...result.value.tracks];
  const tracks = sources.map((source) => {
    const at = left.findIndex((item) => item.sessionId === source.sfuSession && item.trackName === source.trackName);
    return outcomeOf(at < 0 ? undefined : left.splice(at, 1)[0]);
  });
  const { sessionDescription } = result.value;
  return { ok: true, value: { offer: sessionDescription?.type === "offer" ? sessionDescription.sdp : null, tracks } };
}

/** Hands in the browser's answer to the offer of `pullTracks`. */
export async function answerOffer(sfu: SfuAddress, sfuSession: string, answer: string): Promise<SfuResult<null>> {
  const body = { sessionDescription: { type: "answer", sdp: answer } };
  const call = { method: "PUT", path: `${pathOf(sfuSession)}/renegotiate`, body, mayRepeat: false } as const;
  const result = await callSfu(sfu, call, anything);
  return result.ok ? { ok: true, value: null } : result;
}

/** Lets sections that already receive show other tracks, with nothing to negotiate. Outcomes are in the order given. */
export async function updateTracks(
  sfu: SfuAddress,
  sfuSession: string,
  updates: readonly (TrackSource & { readonly mid: string })[],
): Promise<SfuResult<readonly TrackOutcome[]>> {
  const body = { tracks: updates.map((update) => ({ ...remote(update), mid: update.mid })) };
  const call = { method: "PUT", path: `${pathOf(sfuSession)}/tracks/update`, body, mayRepeat: true } as const;
  const result = await callSfu(sfu, call, updated);
  if (!result.ok) return result;
  const items = result.value.tracks;
  return { ok: true, value: updates.map(({ mid }) => outcomeOf(items.find((item) => item.mid === mid))) };
}

/**
 * Stops the media of these sections at once, without negotiation; negotiating the last one away would end the session.
 * A section that is closed already counts as closed.
 */
export async function closeTracks(
  sfu: SfuAddress,
  sfuSession: string,
  mids: readonly string[],
): Promise<SfuResult<null>> {
  const body = { tracks: mids.map((mid) => ({ mid })), force: true };
  const call = { method: "PUT", path: `${pathOf(sfuSession)}/tracks/close`, body, mayRepeat: true } as const;
  const result = await callSfu(sfu, call, closed);
  return result.ok ? { ok: true, value: null } : result;
}

function pathOf(sfuSession: string): string {
  return `/sessions/${encodeURIComponent(sfuSession)}`;
}

function remote({ sfuSession, trackName }: TrackSource) {
  return { location: "remote", sessionId: sfuSession, trackName };
}

/** A track that failed has an error, or (as seen on the real SFU) only an empty mid. */
function outcomeOf(item: { readonly mid: string; readonly errorCode?: string | undefined } | undefined): TrackOutcome {
  if (item === undefined) return { failed: "not-answered" };
  if (item.errorCode !== undefined) return { failed: item.errorCode };
  return item.mid === "" ? { failed: "no-mid" } : { mid: item.mid, failed: null };
}
