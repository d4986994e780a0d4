import { beforeEach, describe, expect, it } from "vitest";
import { brand, type ExamSessionId, type TenantId } from "#domain/exam/ids.ts";
import { ada, asCandidate, grace } from "#test/support/session-room.ts";
import { sealToken } from "#worker/auth/sealed-token.ts";
import { viewerToken } from "#worker/media/viewer-token.ts";
import { browsers, memberOf, openWatchedRoom, settings, type Call, type WatchedRoom } from "../watched-room.ts";
import { type SfuStandIn, standInForSfu } from "./sfu-stand-in.ts";

const camera = [
  { mid: "0", track: "thumbnail" },
  { mid: "1", track: "focus" },
  { mid: "2", track: "microphone" },
];

let sfu: SfuStandIn;
beforeEach(() => {
  sfu = standInForSfu(settings.sfu);
});

async function publish(room: WatchedRoom, who: "ada" | "grace", tracks: readonly object[] = camera) {
  const attemptId = who === "ada" ? ada : grace;
  return room.call("POST", `/v1/sit/${attemptId}/media`, { as: who, json: { offer: "the page's offer", tracks } });
}

/** A room in which ada has consented and publishes, and a viewer of lin's. */
async function openLiveRoom() {
  const room = await openWatchedRoom();
  await room.consent("ada");
  expect((await publish(room, "ada")).status).toBe(200);
  const viewers = `/v1/exam-sessions/${room.examSessionId}/viewers`;
  const opened = await room.call("POST", viewers, { as: "lin" });
  expect(opened.status).toBe(201);
  const { viewer } = await opened.json<{ viewer: string }>();
  const ask = (method: string, path: string, json: unknown, call: Call = {}) =>
    room.call(method, `${viewers}/${viewer}${path}`, { as: "lin", json, ...call });
  return { room, viewers, viewer, ask };
}

type Watching = { offer: string | null; seats: { attemptId: string; track: string; mid: string | null }[] };

async function watch(ask: Awaited<ReturnType<typeof openLiveRoom>>["ask"], ...seats: readonly object[]) {
  const answer = await ask("POST", "/tracks", { seats });
  expect(answer.status).toBe(200);
  return answer.json<Watching>();
}

async function refusalOf(answer: Response) {
  const { code } = await answer.json<{ code: string }>();
  return `${answer.status} ${code}`;
}

function callsTo(path: string) {
  return sfu.requests.filter((request) => request.path.endsWith(path));
}

describe("a candidate publishes, after consent and while the attempt goes on", () => {
  it("publishes under names of the Worker's making, in a session of its own each time", async () => {
    const room = await openWatchedRoom();
    await room.consent("ada");
    expect(await (await publish(room, "ada")).json()).toEqual({ answer: "the SFU's answer" });
    await publish(room, "ada", camera.slice(0, 1));
    expect(callsTo("/tracks/new").map(({ path }) => path)).toEqual([
      "/sessions/sfu-session-1/tracks/new",
      "/sessions/sfu-session-2/tracks/new",
    ]);
    expect(callsTo("/tracks/new")[0]?.body).toEqual({
      sessionDescription: { type: "offer", sdp: "the page's offer" },
      tracks: camera.map(({ mid, track }) => ({ location: "local", mid, trackName: track })),
    });
    expect(await room.session.liveMedia([ada])).toEqual({
      [ada]: { sfuSession: "sfu-session-2", tracks: ["thumbnail"] },
    });
  });

  it("refuses before consent, after the end, and from another browser", async () => {
    const room = await openWatchedRoom();
    expect(await refusalOf(await publish(room, "ada"))).toBe("409 refused");
    await room.consent("ada");
    expect((await publish(room, "ada")).status).toBe(200);
    const elsewhere = await room.call("POST", `/v1/sit/${ada}/media`, {
      as: "grace",
      json: { offer: "the page's offer", tracks: camera },
    });
    expect(await refusalOf(elsewhere)).toBe("401 not-signed-in");
  });

  it("refuses an offer whose sections and tracks do not belong together one to one", async () => {
    const room = await openWatchedRoom();
    await room.consent("ada");
    const sameMid = [camera[0]!, { mid: "0", track: "focus" }];
    const sameTrack = [camera[0]!, { mid: "1", track: "thumbnail" }];
    for (const tracks of [sameMid, sameTrack, [], [{ mid: "0", track: "made-up" }]]) {
      expect(await refusalOf(await publish(room, "ada", tracks))).toBe("400 bad-request");
    }
    expect(sfu.requests).toEqual([]);
  });

  it("publishes all or nothing: a track that fails is not passed over in silence", async () => {
    const room = await openWatchedRoom();
    await room.consent("ada");
    sfu.failTrack("focus", "invalid_params");
    expect(await refusalOf(await publish(room, "ada"))).toBe("503 media-unavailable");
    expect(await room.session.liveMedia([ada])).toEqual({});
  });

  it("says that the offer is bad when the SFU will not answer it", async () => {
    const room = await openWatchedRoom();
    await room.consent("ada");
    sfu.answerNext("/tracks/new", { status: 406, body: { errorCode: "invalid_session_description" } });
    expect(await refusalOf(await publish(room, "ada"))).toBe("400 bad-request");
  });
});

describe("a proctor watches the candidates of the session, and nobody else does", () => {
  it("pulls from the publisher's session and hands on the offer and the mids", async () => {
    const { ask } = await openLiveRoom();
    const watching = await watch(ask, { attemptId: ada, track: "thumbnail" }, { attemptId: ada, track: "microphone" });
    expect(watching).toEqual({
      offer: "the SFU's offer",
      seats: [
        { attemptId: ada, track: "thumbnail", mid: "0" },
        { attemptId: ada, track: "microphone", mid: "1" },
      ],
    });
    expect(callsTo("sfu-session-2/tracks/new")[0]?.body).toEqual({
      tracks: [
        { location: "remote", sessionId: "sfu-session-1", trackName: "thumbnail" },
        { location: "remote", sessionId: "sfu-session-1", trackName: "microphone" },
      ],
    });
    expect((await ask("PUT", "/answer", { answer: "the console's answer" })).status).toBe(204);
    expect(callsTo("/renegotiate")[0]?.body).toEqual({
      sessionDescription: { type: "answer", sdp: "the console's answer" },
    });
    expect((await ask("POST", "/close", { mids: ["0", "1"] })).status).toBe(204);
    expect(callsTo("/tracks/close")[0]?.body).toEqual({ tracks: [{ mid: "0" }, { mid: "1" }], force: true });
  });

  it("gives null for who has not consented, does not publish that track, or is not of this session", async () => {
    const { ask } = await openLiveRoom();
    const unseen = [
      { attemptId: grace, track: "thumbnail" },
      { attemptId: ada, track: "screen" },
      { attemptId: "attempt-elsewhere", track: "thumbnail" },
    ];
    const watching = await watch(ask, ...unseen, { attemptId: ada, track: "focus" });
    expect(watching.seats.map(({ mid }) => mid)).toEqual([null, null, null, "0"]);
    expect(await watch(ask, ...unseen)).toMatchObject({ offer: null });
    // For seats that nobody may watch the SFU is not even asked.
    expect(callsTo("sfu-session-2/tracks/new")).toHaveLength(1);
  });

  it("gives null once the candidate has handed in or was terminated", async () => {
    const { room, ask } = await openLiveRoom();
    const line = await asCandidate(room.session, ada, browsers.ada);
    const check = { camera: "passed", microphone: "passed", screen: "passed", fullScreen: "passed" } as const;
    await line.do({ type: "reportDeviceCheck", check });
    await line.do({ type: "requestAdmission" });
    const answer = await room.session.fetch(
      `https://session/proctor?member=${memberOf(room.tenantId, "lin")}&name=Lin&after=0`,
      { headers: { upgrade: "websocket" } },
    );
    const proctor = answer.webSocket!;
    proctor.accept();
    const say = (id: string, command: object) =>
      proctor.send(JSON.stringify({ type: "command", id, attemptId: ada, command }));
    say("1", { type: "admit" });
    await line.until(() => line.came.find((down) => down.type === "changed" && down.parts.status === "admitted"));
    await line.do({ type: "openPaper" });
    expect(await line.do({ type: "handIn" })).toMatchObject({ accepted: true });
    expect((await watch(ask, { attemptId: ada, track: "thumbnail" })).seats[0]?.mid).toBeNull();
    expect(await refusalOf(await publish(room, "ada"))).toBe("409 refused");
  });

  it("gives null for a track that the SFU cannot give, and the others their mids", async () => {
    const { ask } = await openLiveRoom();
    sfu.failTrack("focus", "not_found_track_error");
    const seats = [
      { attemptId: ada, track: "focus" },
      { attemptId: ada, track: "thumbnail" },
    ];
    expect((await watch(ask, ...seats)).seats.map(({ mid }) => mid)).toEqual([null, "0"]);
    expect(await watch(ask, seats[0]!)).toMatchObject({ offer: null, seats: [{ mid: null }] });
    const retargeted = await ask("PUT", "/tracks", {
      seats: [
        { ...seats[0], mid: "0" },
        { attemptId: ada, track: "thumbnail", mid: "1" },
        { attemptId: grace, track: "thumbnail", mid: "2" },
      ],
    });
    expect(await retargeted.json()).toMatchObject({ offer: null, seats: [{ mid: null }, { mid: "1" }, { mid: null }] });
  });

  it("opens no viewer for candidates, strangers, reviewers, and proctors of other sessions", async () => {
    const { room, viewers } = await openLiveRoom();
    expect(await refusalOf(await room.call("POST", viewers, { as: "ada" }))).toBe("401 not-signed-in");
    expect(await refusalOf(await room.call("POST", viewers))).toBe("401 not-signed-in");
    expect(await refusalOf(await room.call("POST", viewers, { as: "rui" }))).toBe("403 not-allowed");
    expect(await refusalOf(await room.call("POST", viewers, { as: "olaf" }))).toBe("404 not-found");
    const elsewhere = await openWatchedRoom();
    expect(await refusalOf(await elsewhere.call("POST", viewers, { as: "lin" }))).toBe("404 not-found");
  });

  it("lets nobody use another's viewer, a viewer of another session, or another token for one", async () => {
    const { room, viewers, viewer, ask } = await openLiveRoom();
    const seats = [{ attemptId: ada, track: "thumbnail" }];
    const path = `${viewers}/${viewer}/tracks`;
    expect(await refusalOf(await room.call("POST", path, { as: "ada", json: { seats } }))).toBe("401 not-signed-in");
    expect(await refusalOf(await room.call("POST", path, { as: "olaf", json: { seats } }))).toBe("404 not-found");
    const { tenantId, examSessionId } = room;
    const claims = { tenantId, examSessionId, memberId: memberOf(tenantId, "lin"), sfuSession: "sfu-session-1" };
    const soon = Date.now() + 60_000;
    const others = { ...claims, memberId: memberOf(tenantId, "olaf") };
    const ofOther = await sealToken(settings, viewerToken, others, soon);
    const ofElsewhere = await sealToken(
      settings,
      viewerToken,
      { ...claims, examSessionId: brand<ExamSessionId>("a-room-elsewhere") },
      soon,
    );
    const abroad = { ...claims, tenantId: brand<TenantId>("tenant-abroad") };
    const ofAbroad = await sealToken(settings, viewerToken, abroad, soon);
    for (const token of [ofOther, ofElsewhere, ofAbroad]) {
      const answer = await room.call("POST", `${viewers}/${token}/tracks`, { as: "lin", json: { seats } });
      expect(await refusalOf(answer)).toBe("404 not-found");
    }
    const expired = await sealToken(settings, viewerToken, claims, Date.now() - 60_000);
    const cookie = (await room.cookieOf("lin")).split("=")[1]!;
    for (const token of [expired, cookie, "nonsense"]) {
      const answer = await room.call("POST", `${viewers}/${token}/tracks`, { as: "lin", json: { seats } });
      expect(await refusalOf(answer)).toBe("410 viewer-gone");
    }
    expect((await ask("POST", "/tracks", { seats })).status).toBe(200);
  });
});

describe("what the SFU says no with becomes an answer that the console can act on", () => {
  const seats = [{ attemptId: ada, track: "thumbnail" }];

  it("is a conflict for calls that overlap, and gone for a session that is over", async () => {
    const { ask } = await openLiveRoom();
    sfu.answerNext("/renegotiate", { status: 406, body: { errorCode: "invalid_session_description" } });
    expect(await refusalOf(await ask("PUT", "/answer", { answer: "v=0" }))).toBe("409 conflict");
    for (const [method, path, json] of [
      ["POST", "/tracks", { seats }],
      ["PUT", "/tracks", { seats: [{ ...seats[0], mid: "0" }] }],
      ["PUT", "/answer", { answer: "v=0" }],
      ["POST", "/close", { mids: ["0"] }],
    ] as const) {
      const before = sfu.requests.length;
      for (const end of ["/tracks/new", "/tracks/update", "/renegotiate", "/tracks/close"]) {
        sfu.answerNext(end, { status: 410, body: { errorCode: "session_error" } });
      }
      expect(await refusalOf(await ask(method, path, json))).toBe("410 viewer-gone");
      expect(sfu.requests.length).toBe(before + 1);
    }
  });

  it("is unavailable when the SFU is down, out of reach, or speaks something else", async () => {
    const { ask, room, viewers } = await openLiveRoom();
    for (const reply of [
      { status: 500, body: { errorCode: "internal_error" } },
      { status: 502, body: "<html>Bad gateway</html>" },
      { status: 200, body: { surprising: true } },
      { status: 401, body: { errorCode: "unauthorized" } },
      "broken",
    ] as const) {
      sfu.answerNext("/tracks/new", reply);
      expect(await refusalOf(await ask("POST", "/tracks", { seats }))).toBe("503 media-unavailable");
    }
    sfu.answerNext("/sessions/new", "broken", { status: 500, body: {} }, { status: 500, body: {} });
    expect(await refusalOf(await room.call("POST", viewers, { as: "lin" }))).toBe("503 media-unavailable");
  });

  it("never shows the secret or the app in an answer", async () => {
    const { ask, room, viewers } = await openLiveRoom();
    const echo = `app ${settings.sfu.appId} with Bearer ${settings.sfu.appSecret}`;
    const answers = [
      await room.call("POST", viewers, { as: "lin" }),
      await ask("POST", "/tracks", { seats }),
      await publish(room, "ada"),
    ];
    for (const status of [400, 401, 406, 410, 425, 500]) {
      sfu.answerNext("/tracks/new", { status, body: { errorCode: "internal_error", errorDescription: echo } });
      answers.push(await ask("POST", "/tracks", { seats }));
    }
    for (const answer of answers) {
      const text = `${await answer.text()} ${JSON.stringify([...answer.headers])}`;
      expect(text).not.toContain(settings.sfu.appSecret);
      expect(text).not.toContain("Bearer");
    }
  });
});
