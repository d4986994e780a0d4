import { afterEach, describe, expect, it } from "vitest";
import { createLocalSfu, type LocalSfu, type LocalSfuOptions } from "#tools/local-sfu/local-sfu.ts";
import { callSfu, openSfuSession } from "../../support/sfu-api.ts";
import { recordedOffer } from "./recorded-offer.ts";

const APP = { appId: "an-app", appSecret: "its secret" };

const running: LocalSfu[] = [];

async function startSfu(limits: LocalSfuOptions["limits"] = {}) {
  const sfu = await createLocalSfu({ port: 0, ...APP, limits: { patienceMs: 100, ...limits } });
  running.push(sfu);
  return { ...APP, url: sfu.url, control: sfu };
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((sfu) => sfu.close()));
});

const offer = { type: "offer", sdp: recordedOffer("two-pictures-and-sound") };

function local(mid: string, trackName: string) {
  return { location: "local", mid, trackName };
}

function remote(sessionId: string, trackName: string) {
  return { location: "remote", sessionId, trackName };
}

function error(status: number, errorCode: string) {
  return { status, body: { errorCode, errorDescription: expect.any(String) } };
}

describe("a call", () => {
  it.each([
    ["without the secret", ""],
    ["with a wrong secret", "Bearer its secreT"],
    ["with the start of the secret", "Bearer its"],
    ["with the secret under another scheme", "Basic its secret"],
  ])("%s is unauthorized, whatever it asks for", async (_name, authorization) => {
    const { url, control } = await startSfu();
    const addresses = [`${url}/apps/an-app/sessions/new`, `${url}/nowhere`, `${control.controlUrl}/stats`];
    const responses = await Promise.all(
      addresses.map((address) => fetch(address, { method: "POST", headers: { authorization } })),
    );
    expect(responses.map(({ status }) => status)).toEqual([401, 401, 401]);
    expect(await responses[0]?.json()).toEqual(error(401, "unauthorized").body);
    expect(control.stats().sessions).toEqual([]);
  });

  it.each([
    ["POST", "/apps/another-app/sessions/new"],
    ["POST", "/apps/an-app/sessions"],
    ["PUT", "/apps/an-app/sessions/new"],
    ["POST", "/apps/an-app/sessions/some-id/tracks/steal"],
    ["POST", "/apps/an-app/sessions/some-id/datachannels/new"],
    ["POST", "/turn/keys/another-key/credentials/generate-ice-servers"],
  ] as const)("to what is not there is not found: %s %s", async (method, path) => {
    expect(await callSfu(await startSfu(), method, path)).toEqual(error(404, "not_found"));
  });

  it("on a session that never was is answered as one on a session that is gone", async () => {
    const sfu = await startSfu();
    expect(await callSfu(sfu, "GET", "/apps/an-app/sessions/0123456789abcdef")).toEqual(error(410, "session_error"));
  });

  it("of more than 256 kB is refused unread", async () => {
    const sfu = await startSfu();
    const session = await openSfuSession(sfu);
    const body = { sessionDescription: { type: "offer", sdp: "x".repeat(256 * 1024) }, tracks: [local("0", "a")] };
    expect(await session.call("POST", "/tracks/new", body)).toEqual(error(413, "payload_too_large"));
  });

  it("of something else than JSON cannot be decoded", async () => {
    const session = await openSfuSession(await startSfu());
    expect(await session.call("POST", "/tracks/new", '{"tracks":')).toEqual(error(400, "decoding_error"));
  });

  it.each([
    ["no body", undefined],
    ["no tracks", { tracks: [] }],
    ["65 tracks", { tracks: Array.from({ length: 65 }, (_, index) => remote("s", String(index))) }],
    ["local and remote tracks", { sessionDescription: offer, tracks: [local("0", "a"), remote("s", "b")] }],
    ["a track without a name", { tracks: [{ location: "remote", sessionId: "s" }] }],
  ])("with %s has invalid parameters", async (_name, body) => {
    const session = await openSfuSession(await startSfu());
    expect(await session.call("POST", "/tracks/new", body)).toEqual(error(400, "invalid_params"));
  });

  it("that is wrong is not repeated in the reply", async () => {
    const session = await openSfuSession(await startSfu());
    const reply = await session.call("POST", "/tracks/new", { tracks: [{ location: "sneaky", trackName: 5 }] });
    expect(JSON.stringify(reply)).not.toContain("sneaky");
  });
});

describe("publishing", () => {
  it("answers the offer and lists the tracks as they begin", async () => {
    const session = await openSfuSession(await startSfu());
    const tracks = [local("0", "thumbnail"), local("2", "microphone")];
    const reply = await session.call("POST", "/tracks/new", { sessionDescription: offer, tracks });
    expect(reply).toMatchObject({ status: 200, body: { requiresImmediateRenegotiation: false, tracks } });
    expect(reply.body.sessionDescription?.type).toBe("answer");
    expect((await session.call("GET", "")).body).toEqual({
      tracks: [
        { location: "local", mid: "0", trackName: "thumbnail", status: "initializing" },
        { location: "local", mid: "2", trackName: "microphone", status: "initializing" },
      ],
      dataChannels: [],
    });
  });

  it("takes a session description with the new session already", async () => {
    const reply = await callSfu(await startSfu(), "POST", "/apps/an-app/sessions/new", { sessionDescription: offer });
    expect(reply).toMatchObject({ status: 201, body: { sessionDescription: { type: "answer" } } });
  });

  it("fails for single tracks within a reply of 200", async () => {
    const session = await openSfuSession(await startSfu());
    const reply = await session.call("POST", "/tracks/new", {
      sessionDescription: offer,
      tracks: [local("0", "same"), local("1", "same"), local("9", "other")],
    });
    expect(reply.status).toBe(200);
    expect(reply.body.tracks?.map(({ mid, errorCode }) => [mid, errorCode])).toEqual([
      ["0", undefined],
      ["1", "repeated_local_track_error"],
      ["9", "invalid_params"],
    ]);
  });

  it("fails for a picture in a codec that is not spoken here", async () => {
    const session = await openSfuSession(await startSfu());
    const sdp = recordedOffer("vp9-only");
    const tracks = [local("0", "a")];
    const reply = await session.call("POST", "/tracks/new", { sessionDescription: { type: "offer", sdp }, tracks });
    expect(reply).toMatchObject({ status: 200, body: { tracks: [{ errorCode: "invalid_params" }] } });
  });

  it.each([
    ["no offer", undefined],
    ["an answer", { type: "answer", sdp: offer.sdp }],
    ["what cannot be read", { type: "offer", sdp: "v=1" }],
    ["an offer that nobody can connect to", { type: "offer", sdp: offer.sdp.replaceAll(/a=ice-pwd.*\r\n/g, "") }],
  ])("with %s is refused", async (_name, sessionDescription) => {
    const session = await openSfuSession(await startSfu());
    const reply = await session.call("POST", "/tracks/new", { sessionDescription, tracks: [local("0", "a")] });
    expect(reply).toEqual(error(406, "invalid_session_description"));
  });

  it("again, before the first connection stands, comes too early", async () => {
    const session = await openSfuSession(await startSfu());
    await session.call("POST", "/tracks/new", { sessionDescription: offer, tracks: [local("0", "a")] });
    const again = { sessionDescription: offer, tracks: [local("1", "b")] };
    expect(await session.call("POST", "/tracks/new", again)).toEqual(error(425, "session_error"));
  });
});

describe("pulling", () => {
  it("what is not there fails for that track alone, with an empty mid and no offer", async () => {
    const sfu = await startSfu();
    const [publisher, viewer] = [await openSfuSession(sfu), await openSfuSession(sfu)];
    await publisher.call("POST", "/tracks/new", { sessionDescription: offer, tracks: [local("0", "silent")] });
    const { status, body } = await viewer.call("POST", "/tracks/new", {
      tracks: [
        remote(publisher.sessionId, "unknown"),
        remote(publisher.sessionId, "silent"),
        remote("unknown", "track"),
      ],
    });
    expect(status).toBe(200);
    expect(body.requiresImmediateRenegotiation).toBe(false);
    expect(body.sessionDescription).toBeUndefined();
    expect(body.tracks?.map(({ mid, errorCode }) => [mid, errorCode])).toEqual([
      ["", "not_found_track_error"],
      ["", "empty_track_error"],
      ["", "not_found_track_error"],
    ]);
    expect(body.tracks?.[0]?.errorDescription).toContain("Track not found on remote peer");
  });

  it("has no answer taken for which there is no offer", async () => {
    const session = await openSfuSession(await startSfu());
    const reply = await session.call("PUT", "/renegotiate", { sessionDescription: { ...offer, type: "answer" } });
    expect(reply).toEqual(error(406, "invalid_session_description"));
  });

  it("cannot be changed or closed at a mid that receives nothing", async () => {
    const sfu = await startSfu();
    const session = await openSfuSession(sfu);
    const update = { tracks: [{ ...remote("unknown", "track"), mid: "7" }] };
    expect(await session.call("PUT", "/tracks/update", update)).toMatchObject({
      status: 200,
      body: { tracks: [{ mid: "7", errorCode: "update_track_error" }] },
    });
    expect(await session.call("PUT", "/tracks/close", { tracks: [{ mid: "7" }], force: true })).toMatchObject({
      status: 200,
      body: { tracks: [{ mid: "7", errorCode: "close_track_error" }] },
    });
  });
});

describe("closing", () => {
  it("by force frees the name, and the section, for another publication", async () => {
    const sfu = await startSfu();
    const session = await openSfuSession(sfu);
    await session.call("POST", "/tracks/new", { sessionDescription: offer, tracks: [local("0", "a")] });
    const close = await session.call("PUT", "/tracks/close", { tracks: [{ mid: "0" }], force: true });
    expect(close).toEqual({
      status: 200,
      body: { requiresImmediateRenegotiation: false, tracks: [{ mid: "0" }] },
    });
    expect((await session.call("GET", "")).body.tracks).toMatchObject([{ trackName: "a", status: "inactive" }]);
  });

  it("without force needs the browser's offer, and closes nothing without it", async () => {
    const session = await openSfuSession(await startSfu());
    await session.call("POST", "/tracks/new", { sessionDescription: offer, tracks: [local("0", "a")] });
    const close = await session.call("PUT", "/tracks/close", { tracks: [{ mid: "0" }] });
    expect(close).toEqual(error(406, "invalid_session_description"));
    expect((await session.call("GET", "")).body.tracks).toMatchObject([{ status: "initializing" }]);
  });

  it("of every section ends the session", async () => {
    const session = await openSfuSession(await startSfu());
    await session.call("POST", "/tracks/new", { sessionDescription: offer, tracks: [local("0", "a")] });
    const sdp = offer.sdp.replaceAll(/^m=(audio|video) 9/gm, "m=$1 0");
    const request = { tracks: [{ mid: "0" }], sessionDescription: { type: "offer", sdp } };
    const close = await session.call("PUT", "/tracks/close", request);
    expect(close).toMatchObject({ status: 200, body: { tracks: [{ mid: "0" }] } });
    expect(await session.call("GET", "")).toEqual(error(410, "session_error"));
  });
});

describe("time", () => {
  it("ends a track that stays silent", async () => {
    const session = await openSfuSession(await startSfu({ inactivityMs: 50 }));
    await session.call("POST", "/tracks/new", { sessionDescription: offer, tracks: [local("0", "a")] });
    await expect
      .poll(async () => (await session.call("GET", "")).body.tracks?.[0]?.status, { timeout: 3_000 })
      .toBe("inactive");
  });

  it("ends a session to which nobody connects", async () => {
    const session = await openSfuSession(await startSfu({ disconnectedMs: 50 }));
    await expect.poll(async () => (await session.call("GET", "")).status, { timeout: 3_000 }).toBe(410);
  });

  it("ends calls in the order in which they came, on one session", async () => {
    const session = await openSfuSession(await startSfu());
    const order: string[] = [];
    const slow = session
      .call("POST", "/tracks/new", { tracks: [remote(session.sessionId, "missing")] })
      .then(() => order.push("slow"));
    // The slow call has to have arrived first. A call that takes no turn answers only after it has.
    await session.call("GET", "");
    const quick = session
      .call("PUT", "/tracks/close", { tracks: [{ mid: "0" }], force: true })
      .then(() => order.push("quick"));
    await Promise.all([slow, quick]);
    expect(order).toEqual(["slow", "quick"]);
  });
});

it("needs no help from outside to find a way: the list of ICE servers is empty", async () => {
  const path = "/turn/keys/an-app/credentials/generate-ice-servers";
  const sfu = await startSfu();
  expect(await callSfu(sfu, "POST", path, { ttl: 3_600 })).toEqual({ status: 201, body: { iceServers: [] } });
  expect(await callSfu(sfu, "POST", path, { ttl: 172_801 })).toEqual(error(400, "invalid_params"));
});

describe("a test", () => {
  it("can have the next calls fail, those of one kind alone if it likes", async () => {
    const sfu = await startSfu();
    const session = await openSfuSession(sfu);
    const failure = { count: 2, status: 503, errorCode: "temporarily_unavailable_error", path: "/renegotiate" };
    const control = { ...sfu, url: sfu.control.controlUrl };
    expect((await callSfu(control, "POST", "/fail", failure)).status).toBe(200);
    const body = { tracks: [{ mid: "0" }], force: true };
    const statuses = [
      (await session.call("PUT", "/renegotiate", body)).status,
      (await session.call("PUT", "/tracks/close", body)).status,
      (await session.call("PUT", "/renegotiate", body)).status,
      (await session.call("PUT", "/renegotiate", body)).status,
    ];
    expect(statuses).toEqual([503, 200, 503, 400]);
  });

  it("can end a session from another process, and see which there are", async () => {
    const sfu = await startSfu();
    const control = { ...sfu, url: sfu.control.controlUrl };
    const { sessionId } = await openSfuSession(sfu);
    const stats = await callSfu(control, "GET", "/stats");
    expect(stats.body).toMatchObject({ packetsIn: 0, sessions: [{ sessionId, isConnected: false }] });
    expect((await callSfu(control, "POST", `/sessions/${sessionId}/kill`)).status).toBe(200);
    expect((await callSfu(control, "POST", `/sessions/${sessionId}/kill`)).status).toBe(410);
    expect((await callSfu(sfu, "GET", `/apps/an-app/sessions/${sessionId}`)).status).toBe(410);
    expect((await callSfu(control, "POST", "/loss", { percent: 101 })).status).toBe(400);
    expect((await callSfu(control, "POST", "/loss", { percent: 5 })).status).toBe(200);
  });
});

it("refuses to start on a port that is taken", async () => {
  const { url } = await startSfu();
  const starting = createLocalSfu({ port: Number(new URL(url).port), ...APP });
  await expect(starting).rejects.toMatchObject({ code: "EADDRINUSE" });
});
