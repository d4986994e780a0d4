import { beforeEach, describe, expect, it, vi } from "vitest";
import { answerOffer, closeTracks, openSession, publishTracks, pullTracks, updateTracks } from "#worker/media/sfu.ts";
import { settings } from "../watched-room.ts";
import { type SfuStandIn, standInForSfu } from "./sfu-stand-in.ts";

const address = settings.sfu;
const source = { sfuSession: "theirs", trackName: "thumbnail" };

let sfu: SfuStandIn;
beforeEach(() => {
  sfu = standInForSfu(address);
});

const busy = { status: 503, body: { errorCode: "temporarily_unavailable_error" } };
const limited = { status: 429, body: {} };
const failed = { status: 500, body: { errorCode: "internal_error" } };

describe("a call of the SFU is made again only where that is safe", () => {
  const calls = {
    open: { end: "/sessions/new", mayRepeat: true, call: () => openSession(address) },
    publish: { end: "/tracks/new", mayRepeat: false, call: () => publishTracks(address, "mine", "v=0", []) },
    pull: { end: "/tracks/new", mayRepeat: false, call: () => pullTracks(address, "mine", [source]) },
    answer: { end: "/renegotiate", mayRepeat: false, call: () => answerOffer(address, "mine", "v=0") },
    update: { end: "/update", mayRepeat: true, call: () => updateTracks(address, "mine", [{ ...source, mid: "0" }]) },
    close: { end: "/close", mayRepeat: true, call: () => closeTracks(address, "mine", ["0"]) },
  } as const;

  for (const [name, { end, mayRepeat, call }] of Object.entries(calls)) {
    it(`${name}: when its answer is lost or the SFU breaks, ${mayRepeat ? "again" : "once and no more"}`, async () => {
      for (const reply of ["broken", failed] as const) {
        const before = sfu.requests.length;
        sfu.answerNext(end, reply);
        await call();
        expect(sfu.requests.length - before).toBe(mayRepeat ? 2 : 1);
      }
    });
  }

  it("makes any call again that the SFU did not begin, three times at most", async () => {
    sfu.answerNext("/renegotiate", busy, limited);
    expect(await answerOffer(address, "mine", "v=0")).toEqual({ ok: true, value: null });
    sfu.answerNext("/renegotiate", busy, busy, busy);
    expect(await answerOffer(address, "mine", "v=0")).toEqual({
      ok: false,
      fault: { kind: "unavailable", status: 503, errorCode: "temporarily_unavailable_error", retryable: true },
    });
    expect(sfu.requests).toHaveLength(6);
  });

  it("gives up on an SFU that never answers", async () => {
    const inTime = AbortSignal.timeout.bind(AbortSignal);
    const patience = vi.spyOn(AbortSignal, "timeout").mockImplementation(() => inTime(10));
    sfu.answerNext("/tracks/new", "never");
    const pulled = await pullTracks(address, "mine", [source]);
    expect(patience).toHaveBeenCalledWith(10_000);
    patience.mockRestore();
    expect(pulled).toEqual({
      ok: false,
      fault: { kind: "unavailable", status: null, errorCode: "timeout", retryable: true },
    });
  });
});

describe("what the SFU answers is read with care", () => {
  it("tells apart why a call failed", async () => {
    const kinds = {
      400: "rejected",
      401: "rejected",
      404: "rejected",
      406: "conflict",
      410: "session-gone",
      425: "not-connected",
    };
    for (const [status, kind] of Object.entries(kinds)) {
      sfu.answerNext("/tracks/new", { status: Number(status), body: { errorCode: "session_error" } });
      const pulled = await pullTracks(address, "mine", [source]);
      expect(pulled).toMatchObject({ ok: false, fault: { kind, status: Number(status), errorCode: "session_error" } });
    }
  });

  it("takes a 200 that holds an error, or not what was asked for, for a failure", async () => {
    sfu.answerNext("/tracks/new", { status: 200, body: { errorCode: "backend_error" } });
    expect(await pullTracks(address, "mine", [source])).toMatchObject({ ok: false, fault: { kind: "rejected" } });
    sfu.answerNext("/sessions/new", { status: 201, body: {} });
    expect(await openSession(address)).toMatchObject({ ok: false, fault: { errorCode: "unreadable" } });
    sfu.answerNext("/tracks/new", { status: 302, body: "elsewhere" });
    expect(await pullTracks(address, "mine", [source])).toMatchObject({ ok: false, fault: { status: 302 } });
  });

  it("puts each outcome to its own track, whatever the order and the number of answers", async () => {
    const other = { sfuSession: "others", trackName: "thumbnail" };
    const item = (sessionId: string, mid: string) => ({ sessionId, trackName: "thumbnail", mid });
    sfu.answerNext("/tracks/new", {
      status: 200,
      body: { tracks: [item("others", "4"), item("theirs", "5"), item("theirs", "")] },
    });
    const pulled = await pullTracks(address, "mine", [source, source, other, { ...other, trackName: "screen" }]);
    expect(pulled).toEqual({
      ok: true,
      value: {
        offer: null,
        tracks: [
          { mid: "5", failed: null },
          { failed: "no-mid" },
          { mid: "4", failed: null },
          { failed: "not-answered" },
        ],
      },
    });
  });
});
