import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createLocalSfu, type LocalSfu } from "#tools/local-sfu/local-sfu.ts";
import { answerOffer, closeTracks, openSession, publishTracks, pullTracks, updateTracks } from "#worker/media/sfu.ts";
import type { SfuAddress, SfuResult } from "#worker/media/sfu-call.ts";
import { recordedOffer } from "./recorded-offer.ts";

const app = { appId: "an-app", appSecret: "its secret" };
const offer = recordedOffer("two-pictures-and-sound");

let sfu: LocalSfu;
let address: SfuAddress;
beforeEach(async () => {
  sfu = await createLocalSfu({ port: 0, ...app, limits: { patienceMs: 100 } });
  address = { ...app, baseUrl: sfu.url };
});
afterEach(async () => sfu.close());

function valueOf<Value>(result: SfuResult<Value>): Value {
  if (!result.ok) throw new Error(`${result.fault.kind} ${result.fault.errorCode}`);
  return result.value;
}

describe("the Worker and the local SFU understand each other", () => {
  it("publish: answers a browser's offer, and names each track that cannot be", async () => {
    const session = valueOf(await openSession(address));
    const published = valueOf(
      await publishTracks(address, session, offer, [
        { mid: "0", trackName: "thumbnail" },
        { mid: "2", trackName: "microphone" },
        { mid: "9", trackName: "screen" },
      ]),
    );
    expect(published.answer).toMatch(/^v=0\r\n/);
    expect(published.tracks).toEqual([
      { mid: "0", failed: null },
      { mid: "2", failed: null },
      { failed: "invalid_params" },
    ]);
  });

  it("pull and retarget: a track without media is left out, with no offer to answer", async () => {
    const publisher = valueOf(await openSession(address));
    valueOf(await publishTracks(address, publisher, offer, [{ mid: "0", trackName: "thumbnail" }]));
    const viewer = valueOf(await openSession(address));
    const sources = [
      { sfuSession: publisher, trackName: "thumbnail" },
      { sfuSession: "0123456789abcdef", trackName: "thumbnail" },
    ];
    expect(valueOf(await pullTracks(address, viewer, sources))).toEqual({
      offer: null,
      tracks: [{ failed: "empty_track_error" }, { failed: "not_found_track_error" }],
    });
    const shown = await updateTracks(address, viewer, [{ ...sources[0]!, mid: "0" }]);
    expect(valueOf(shown)).toEqual([{ failed: "update_track_error" }]);
  });

  it("close: a track is closed, and closed again it counts as closed", async () => {
    const session = valueOf(await openSession(address));
    valueOf(await publishTracks(address, session, offer, [{ mid: "0", trackName: "thumbnail" }]));
    expect(await closeTracks(address, session, ["0"])).toEqual({ ok: true, value: null });
    expect(await closeTracks(address, session, ["0"])).toEqual({ ok: true, value: null });
  });

  it("faults: a description out of turn, a session that is gone, a wrong secret, and nobody there", async () => {
    const session = valueOf(await openSession(address));
    expect(await answerOffer(address, session, offer)).toMatchObject({ ok: false, fault: { kind: "conflict" } });
    sfu.killSession(session);
    const gone = await pullTracks(address, session, [{ sfuSession: session, trackName: "thumbnail" }]);
    expect(gone).toMatchObject({ ok: false, fault: { kind: "session-gone", retryable: false } });
    const stranger = await openSession({ ...address, appSecret: "a guess" });
    expect(stranger).toMatchObject({ ok: false, fault: { kind: "rejected", errorCode: "unauthorized" } });
    await sfu.close();
    const nobody = await openSession(address);
    expect(nobody).toMatchObject({ ok: false, fault: { kind: "unavailable", errorCode: "unreachable" } });
  });

  it("faults: what the SFU could not do for a moment is done at the second try", async () => {
    sfu.failNext({ count: 1, status: 503, errorCode: "temporarily_unavailable_error", path: "/sessions/new" });
    expect(valueOf(await openSession(address))).toMatch(/./);
  });
});
