import { env } from "cloudflare:test";
import { describe, expect, it } from "vitest";
import { largestStillBytes } from "#domain/attempt/still.ts";
import { type IntegrityPolicy, policyFrom } from "#domain/integrity/policy.ts";
import { firstAid } from "#test/domain/exam/first-aid.ts";
import { ada, asCandidate, asProctor, bringTo, evict } from "#test/support/session-room.ts";
import { keyObjectOf } from "#worker/evidence/attempt-key.ts";
import { sealToken } from "#worker/auth/sealed-token.ts";
import { playbackToken } from "#worker/evidence/playback-token.ts";
import { pictureObjectOf } from "#worker/evidence/picture-object.ts";
import { pictureToken } from "#worker/evidence/picture-token.ts";
import { sha256Hex } from "#worker/sha256-hex.ts";
import { browsers, memberOf, openWatchedRoom, settings, type WatchedRoom } from "../watched-room.ts";

const pastedIsSeen: IntegrityPolicy = policyFrom("standard", {
  rules: {
    pasted: {
      windowMs: 0,
      coolDownMs: 0,
      severity: "medium",
      response: "log",
      evidence: ["camera", "screen"],
      tellsCandidate: false,
    },
  },
});

function jpeg(text: string, length = 1_000): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  bytes.set([0xff, 0xd8, 0xff, 0xe0]);
  bytes.set(new TextEncoder().encode(text), 4);
  return bytes;
}

async function outcomeOf(answer: Response): Promise<string> {
  const { code } = await answer.json<{ code?: string }>();
  return code === undefined ? String(answer.status) : `${answer.status} ${code}`;
}

/** A room in which ada works and has pasted something; `violation` is the number of what was noted. */
async function openViolatedRoom() {
  const room = await openWatchedRoom({ exam: { ...firstAid, integrity: pastedIsSeen } });
  const line = await asCandidate(room.session, ada, browsers.ada);
  await bringTo("open", line, await asProctor(room.session));
  await line.do({ type: "reportMoment", kind: "pasted", detail: { count: 200, confidence: null }, agoMs: 0 });
  const { events } = (await room.session.record(ada))!;
  const violation = events.find(({ fact }) => fact.type === "violationNoted")!.seq;
  return { room, line, violation };
}

type StillCall = {
  readonly as?: "ada" | "grace";
  readonly source?: string;
  readonly sha256?: string;
  readonly takenAt?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly attempt?: string;
};

async function putStill(room: WatchedRoom, violation: number, bytes: Uint8Array<ArrayBuffer>, call: StillCall = {}) {
  const { as = "ada", source = "camera", takenAt = Date.now(), headers = {}, attempt = ada } = call;
  const sha256 = call.sha256 ?? (await sha256Hex(bytes));
  const path = `/v1/sit/${attempt}/stills/${violation}/${source}?sha256=${sha256}&takenAt=${takenAt}`;
  return room.call("PUT", path, { as, bytes, headers });
}

async function storedIn(room: WatchedRoom): Promise<readonly string[]> {
  const { objects } = await env.RECORDINGS.list({ prefix: `${room.tenantId}/` });
  return objects.map(({ key }) => key).filter((key) => !key.endsWith("/key"));
}

async function logged(room: WatchedRoom) {
  return (await room.session.pictures(ada)).stills;
}

async function listed(room: WatchedRoom, as: "rui" | "lin" = "rui") {
  const path =
    as === "rui" ? `/v1/attempts/${ada}/pictures` : `/v1/exam-sessions/${room.examSessionId}/attempts/${ada}/pictures`;
  const answer = await room.call("GET", path, { as });
  expect(answer.status).toBe(200);
  return (await answer.json<{ pictures: { sha256: string; url: string }[] }>()).pictures;
}

describe("a picture of a violation's moment", () => {
  it("[E37] is stored encrypted, then stands in the log, and is asked for no more", async () => {
    const { room, line, violation } = await openViolatedRoom();
    const bytes = jpeg("what the camera saw");
    const sha256 = await sha256Hex(bytes);
    const answer = await putStill(room, violation, bytes);
    expect(answer.status).toBe(201);
    expect(await answer.json()).toEqual({ sha256 });
    expect(await logged(room)).toMatchObject([{ violation, source: "camera", sha256, bytes: bytes.byteLength }]);
    const recording = { tenantId: room.tenantId, attemptId: ada };
    const name = pictureObjectOf(recording, { violation, source: "camera", sha256 });
    expect(await storedIn(room)).toEqual([name]);
    const stored = await (await env.RECORDINGS.get(name))!.text();
    expect(stored).not.toContain("camera saw");
    const wanted = await line.until(() =>
      line.came.findLast((down) => down.type === "changed" && down.parts.wantedStills?.[0]?.sources.length === 1),
    );
    expect(wanted).toMatchObject({ parts: { wantedStills: [{ seq: violation, sources: ["screen"] }] } });
  });

  it("[E31] is taken once: the same again is stored already, and others are refused and leave nothing behind", async () => {
    const { room, violation } = await openViolatedRoom();
    expect(await outcomeOf(await putStill(room, violation, jpeg("first")))).toBe("201");
    expect(await outcomeOf(await putStill(room, violation, jpeg("first")))).toBe("200");
    expect(await outcomeOf(await putStill(room, violation, jpeg("second")))).toBe("409 conflict");
    expect(await logged(room)).toHaveLength(1);
    expect(await storedIn(room)).toHaveLength(1);
  });

  it("[E31] is not taken where nothing asks for it, nor of the page of another candidate", async () => {
    const { room, violation } = await openViolatedRoom();
    expect(await outcomeOf(await putStill(room, violation - 1, jpeg("no")))).toBe("409 refused");
    expect(await outcomeOf(await putStill(room, 999_999, jpeg("no")))).toBe("409 refused");
    expect(await outcomeOf(await putStill(room, violation, jpeg("no"), { as: "grace" }))).toBe("401 not-signed-in");
    expect(await outcomeOf(await putStill(room, violation, jpeg("no"), { source: "key" }))).toBe("404 not-found");
    expect(await storedIn(room)).toEqual([]);
  });

  it("[E36] is taken whole, as announced, and only as a JPEG", async () => {
    const { room, violation } = await openViolatedRoom();
    const put = async (bytes: Uint8Array<ArrayBuffer>, call: StillCall = {}) =>
      outcomeOf(await putStill(room, violation, bytes, call));
    expect(await put(jpeg("a"), { sha256: "0".repeat(64) })).toBe("422 hash-mismatch");
    expect(await put(jpeg("a", largestStillBytes + 1))).toBe("413 too-large");
    expect(await put(jpeg("a"), { headers: { "content-length": "10" } })).toBe("400 bad-request");
    expect(await put(jpeg("a"), { headers: { "content-length": "2000" } })).toBe("400 bad-request");
    expect(await put(new TextEncoder().encode("<script>"))).toBe("415 unsupported-media-type");
    expect(await put(jpeg("a"), { headers: { "content-type": "image/jpeg" } })).toBe("415 unsupported-media-type");
    expect(await put(jpeg("a"), { takenAt: Date.now() - 3_600_000 })).toBe("409 refused");
    expect(await storedIn(room)).toEqual([]);
  });

  it("[E34] still arrives when the attempt has just ended", async () => {
    const { room, line, violation } = await openViolatedRoom();
    await line.do({ type: "handIn" });
    expect(await outcomeOf(await putStill(room, violation, jpeg("under way")))).toBe("201");
  });

  it("[E37] is not in the log where it could not be stored", async () => {
    const { room, violation } = await openViolatedRoom();
    const recording = { tenantId: room.tenantId, attemptId: ada };
    await env.RECORDINGS.put(keyObjectOf(recording, "snapshots"), "not a key");
    expect(await outcomeOf(await putStill(room, violation, jpeg("lost")))).toBe("500 internal-error");
    expect(await logged(room)).toEqual([]);
    await env.RECORDINGS.delete(keyObjectOf(recording, "snapshots"));
    expect(await outcomeOf(await putStill(room, violation, jpeg("lost")))).toBe("201");
  });

  it("[E37] that was stored and not logged, because the session went away between, is logged when it comes again", async () => {
    const { room, violation } = await openViolatedRoom();
    const bytes = jpeg("between");
    const sha256 = await sha256Hex(bytes);
    expect(await outcomeOf(await putStill(room, violation, bytes, { source: "screen" }))).toBe("201");
    const [name] = await storedIn(room);
    const camera = pictureObjectOf(
      { tenantId: room.tenantId, attemptId: ada },
      { violation, source: "camera", sha256 },
    );
    await evict(room.session);
    expect(await outcomeOf(await putStill(room, violation, bytes))).toBe("201");
    await evict(room.session);
    expect(await outcomeOf(await putStill(room, violation, bytes))).toBe("200");
    expect((await logged(room)).map(({ source }) => source)).toEqual(["screen", "camera"]);
    expect(new Set(await storedIn(room))).toEqual(new Set([camera, name]));
  });
});

describe("who sees a picture", () => {
  it("[E38] the reviewer and the room's proctor do, at addresses of their own, and nobody caches it", async () => {
    const { room, violation } = await openViolatedRoom();
    const bytes = jpeg("to be seen");
    await putStill(room, violation, bytes);
    for (const as of ["rui", "lin"] as const) {
      const [picture] = await listed(room, as);
      expect(picture!.sha256).toBe(await sha256Hex(bytes));
      const shown = await room.call("GET", picture!.url, { as });
      expect(shown.status).toBe(200);
      expect(shown.headers.get("content-type")).toBe("image/jpeg");
      expect(shown.headers.get("cache-control")).toBe("no-store");
      expect(new Uint8Array(await shown.arrayBuffer())).toEqual(bytes);
      const other = as === "rui" ? "lin" : "rui";
      expect(await outcomeOf(await room.call("GET", picture!.url, { as: other }))).toBe("403 not-allowed");
      expect(await outcomeOf(await room.call("GET", picture!.url))).toBe("401 not-signed-in");
    }
  });

  it("[E38] no address is good for what the log does not name, after its time, or for another purpose", async () => {
    const { room, violation } = await openViolatedRoom();
    await putStill(room, violation, jpeg("to be seen"));
    const [{ url, sha256 } = { url: "", sha256: "" }] = await listed(room);
    const other = url.replace(sha256, "0".repeat(64));
    expect(await outcomeOf(await room.call("GET", other, { as: "rui" }))).toBe("404 not-found");
    const { tenantId, examSessionId } = room;
    const claims = { tenantId, examSessionId, attemptId: ada, memberId: memberOf(tenantId, "rui") };
    for (const token of [
      await sealToken(settings, pictureToken, claims, Date.now() - 1_000),
      await sealToken(settings, playbackToken, claims, Date.now() + 60_000),
    ]) {
      const answer = await room.call("GET", `/v1/pictures/${token}/${sha256}`, { as: "rui" });
      expect(await outcomeOf(answer)).toBe("403 not-allowed");
    }
  });

  it("[E38] what was changed in the store is not shown, and what is gone is said to be", async () => {
    const { room, violation } = await openViolatedRoom();
    await putStill(room, violation, jpeg("one"));
    await putStill(room, violation, jpeg("other"), { source: "screen" });
    const [one] = await listed(room);
    const names = await storedIn(room);
    const [mine, neighbours] = [0, 1].map((index) => names.find((name) => name.includes("camera") === (index === 0))!);
    const stolen = new Uint8Array(await (await env.RECORDINGS.get(neighbours!))!.arrayBuffer());
    await env.RECORDINGS.put(mine!, stolen);
    expect(await outcomeOf(await room.call("GET", one!.url, { as: "rui" }))).toBe("422 hash-mismatch");
    await env.RECORDINGS.delete(mine!);
    expect(await outcomeOf(await room.call("GET", one!.url, { as: "rui" }))).toBe("404 not-found");
  });
});

describe("the pictures before the exam", () => {
  const exam = { ...firstAid, integrity: policyFrom("standard", { identity: ["face", "room"] }) };

  async function openCheckedRoom() {
    const room = await openWatchedRoom({ exam });
    const line = await asCandidate(room.session, ada, browsers.ada);
    const proctor = await asProctor(room.session);
    await bringTo("checked", line, proctor);
    return { room, line, proctor };
  }

  async function put(room: WatchedRoom, capture: string, bytes: Uint8Array<ArrayBuffer>, hints = "") {
    const path = `/v1/sit/${ada}/identity/${capture}?sha256=${await sha256Hex(bytes)}&hints=${hints}`;
    return outcomeOf(await room.call("PUT", path, { as: "ada", bytes }));
  }

  const webm = Uint8Array.from([0x1a, 0x45, 0xdf, 0xa3, 1, 2, 3]);

  it("[A140] are taken before the candidate waits, and let them ask to be let in", async () => {
    const { room, line } = await openCheckedRoom();
    expect(await line.do({ type: "requestAdmission" })).toEqual({ accepted: false, refusal: "identity-first" });
    expect(await put(room, "face", jpeg("ada"), "too-dark,no-face")).toBe("201");
    expect(await put(room, "face", jpeg("ada"))).toBe("200");
    expect(await put(room, "room", webm)).toBe("201");
    expect(await line.do({ type: "requestAdmission" })).toMatchObject({ accepted: true });
    const { identity } = await room.session.pictures(ada);
    expect(identity).toMatchObject([{ capture: "face", hints: ["too-dark", "no-face"] }, { capture: "room" }]);
    expect(await put(room, "face", jpeg("later"))).toBe("409 refused");
    const pictures = await listed(room, "lin");
    const shown = await room.call("GET", pictures[1]!.url, { as: "lin" });
    expect(shown.headers.get("content-type")).toBe("video/webm");
  });

  it("[A143] are taken again when the proctor asks for one of them again", async () => {
    const { room, line, proctor } = await openCheckedRoom();
    await put(room, "face", jpeg("dark"));
    await put(room, "room", webm);
    await line.do({ type: "requestAdmission" });
    const again = { type: "askIdentityAgain", capture: "face", reason: "It is too dark" } as const;
    expect(await proctor.do(ada, again)).toMatchObject({ accepted: true });
    const back = await line.until(() =>
      line.came.findLast((down) => down.type === "changed" && down.parts.status === "checked" && down.parts.identity),
    );
    expect(back).toMatchObject({ parts: { identity: [{ state: "missing", askedAgain: "It is too dark" }, {}] } });
    expect(await put(room, "face", jpeg("light"))).toBe("201");
    expect(await line.do({ type: "requestAdmission" })).toMatchObject({ accepted: true });
    expect((await room.session.pictures(ada)).identity).toHaveLength(3);
  });

  it("[A144] are of the kinds that are asked for, and of the type that belongs there", async () => {
    const { room } = await openCheckedRoom();
    expect(await put(room, "document", jpeg("ada"))).toBe("409 refused");
    expect(await put(room, "room", jpeg("ada"))).toBe("415 unsupported-media-type");
    expect(await put(room, "face", webm)).toBe("415 unsupported-media-type");
    expect(await put(room, "face", jpeg("ada"), "handsome")).toBe("400 bad-request");
    expect(await put(room, "shoe", jpeg("ada"))).toBe("404 not-found");
    expect(await put(room, "face", jpeg("ada", 800 * 1024 + 1))).toBe("413 too-large");
    expect(await storedIn(room)).toEqual([]);
  });
});
