import { env, runInDurableObject } from "cloudflare:test";
import { describe, expect, it } from "vitest";
import { largestSegmentBytes } from "#domain/attempt/evidence.ts";
import type { Segment } from "#domain/attempt/command.ts";
import { brand, type TenantId } from "#domain/exam/ids.ts";
import { ada, grace } from "#test/support/session-room.ts";
import { candidateToken } from "#worker/auth/candidate-token.ts";
import { sealToken } from "#worker/auth/sealed-token.ts";
import { type AttemptKey, decrypt, encrypt, encryptionOverheadBytes } from "#worker/evidence/encryption.ts";
import { attemptKey, readAttemptKey } from "#worker/evidence/attempt-key.ts";
import { objectOf, recordingStore } from "#worker/evidence/recording-store.ts";
import { sha256Hex } from "#worker/sha256-hex.ts";
import { type UploadClaims, uploadToken } from "#worker/evidence/upload-token.ts";
import { playbackToken } from "#worker/evidence/playback-token.ts";
import { browsers, memberOf, openWatchedRoom, settings, type WatchedRoom } from "../watched-room.ts";
import { isNever } from "../ended-exam.ts";

const recordedAt = Date.now();
const adaSegments = `/v1/sit/${ada}/segments`;

async function aSegment(change: Partial<Segment> = {}, text = "four seconds of camera") {
  const bytes = new TextEncoder().encode(`${text} ${change.track ?? "camera"} ${change.run ?? 0} ${change.index ?? 0}`);
  const segment: Segment = {
    track: "camera",
    run: 0,
    index: 0,
    sha256: await sha256Hex(bytes),
    bytes: bytes.byteLength,
    startsAt: recordedAt,
    endsAt: recordedAt + 4_000,
    ...change,
  };
  return { segment, bytes };
}

async function announce(room: WatchedRoom, ...segments: readonly Segment[]) {
  const answer = await room.call("POST", adaSegments, { as: "ada", json: { segments } });
  expect(answer.status).toBe(200);
  return (await answer.json<{ segments: { state: string; url?: string }[] }>()).segments;
}

async function urlFor(room: WatchedRoom, segment: Segment): Promise<string> {
  const [announced] = await announce(room, segment);
  if (announced?.url === undefined) throw new Error(`not wanted but ${announced?.state}`);
  return announced.url;
}

async function refusalOf(answer: Response) {
  const { code } = await answer.json<{ code: string }>();
  return `${answer.status} ${code}`;
}

async function keptObjects(room: WatchedRoom): Promise<readonly string[]> {
  const { objects } = await env.RECORDINGS.list({ prefix: `${room.tenantId}/` });
  return objects.map(({ key }) => key).filter((key) => !key.endsWith("/key"));
}

async function openConsentedRoom(): Promise<WatchedRoom> {
  const room = await openWatchedRoom();
  await room.consent("ada");
  return room;
}

function uploadClaims(room: WatchedRoom, segment: Segment): UploadClaims {
  return { tenantId: room.tenantId, examSessionId: room.examSessionId, attemptId: ada, browser: browsers.ada, segment };
}

describe("what a candidate recorded is taken once, whole and as announced", () => {
  it("stores a segment encrypted, enters it in the log, and lists it", async () => {
    const room = await openConsentedRoom();
    const { segment, bytes } = await aSegment();
    const put = await room.call("PUT", await urlFor(room, segment), { bytes });
    expect(put.status).toBe(201);
    expect(await put.json()).toEqual({ track: "camera", run: 0, index: 0, sha256: segment.sha256 });

    expect(await room.session.segments(ada)).toEqual([segment]);
    const list = await room.call("GET", adaSegments, { as: "ada" });
    expect(await list.json()).toEqual({ segments: [{ track: "camera", run: 0, index: 0, sha256: segment.sha256 }] });

    const recording = { tenantId: room.tenantId, attemptId: ada };
    const name = objectOf(recording, segment);
    expect(name).toBe(`${room.tenantId}/${ada}/camera/0/0`);
    const stored = new Uint8Array(await (await env.RECORDINGS.get(name))!.arrayBuffer());
    expect(stored.byteLength).toBe(bytes.byteLength + encryptionOverheadBytes);
    expect(new TextDecoder().decode(stored)).not.toContain("four seconds");
    const key = await readAttemptKey(env.RECORDINGS, settings.recordingKey, recording, "recordings");
    expect(await decrypt(key!, stored, name)).toEqual({ ok: true, value: bytes });
  });

  it("[K3] stores those of an institution that lives elsewhere in its own bucket, and nothing of them in another", async () => {
    const room = await openWatchedRoom({}, "eu");
    await room.consent("ada");
    const { segment, bytes } = await aSegment();
    expect((await room.call("PUT", await urlFor(room, segment), { bytes })).status).toBe(201);
    const prefix = `${room.tenantId}/${ada}/`;
    const { objects } = await env.RECORDINGS_EU.list({ prefix });
    expect(objects.map(({ key }) => key)).toEqual([`${prefix}camera/0/0`, `${prefix}key`]);
    expect((await env.RECORDINGS.list({ prefix })).objects).toEqual([]);
  });

  it("takes segments in any order, and tells which are stored, which differ and which are wanted", async () => {
    const room = await openConsentedRoom();
    const later = await aSegment({ index: 7 });
    const earlier = await aSegment({ index: 2 });
    for (const { segment, bytes } of [later, earlier]) {
      expect((await room.call("PUT", await urlFor(room, segment), { bytes })).status).toBe(201);
    }
    const other = await aSegment({ index: 2 }, "something else");
    const fresh = await aSegment({ track: "screen" });
    const answer = await announce(room, later.segment, other.segment, fresh.segment);
    expect(answer.map(({ state }) => state)).toEqual(["stored", "differs", "wanted"]);
  });

  it("answers the same bytes twice without storing them twice", async () => {
    const room = await openConsentedRoom();
    const { segment, bytes } = await aSegment();
    const url = await urlFor(room, segment);
    expect((await room.call("PUT", url, { bytes })).status).toBe(201);
    const log = (await room.session.record(ada))!.events.length;
    const again = await room.call("PUT", url, { bytes });
    expect(again.status).toBe(200);
    expect(await again.json()).toMatchObject({ sha256: segment.sha256 });
    expect((await room.session.record(ada))!.events).toHaveLength(log);
  });

  it("refuses a changed byte and keeps nothing", async () => {
    const room = await openConsentedRoom();
    const { segment, bytes } = await aSegment();
    const changed = bytes.slice();
    changed[3] = changed[3]! ^ 1;
    expect(await refusalOf(await room.call("PUT", await urlFor(room, segment), { bytes: changed }))).toBe(
      "422 hash-mismatch",
    );
    expect(await keptObjects(room)).toEqual([]);
    expect(await room.session.segments(ada)).toEqual([]);
  });

  it("refuses bytes of another length, whatever the header says, and keeps nothing", async () => {
    const room = await openConsentedRoom();
    const { segment, bytes } = await aSegment();
    const url = await urlFor(room, segment);
    const longer = new Uint8Array([...bytes, 0]);
    const shorter = bytes.slice(1);
    expect(await refusalOf(await room.call("PUT", url, { bytes: longer }))).toBe("400 bad-request");
    const announcedLength = { "content-length": String(segment.bytes) };
    for (const lying of [longer, shorter]) {
      const answer = await room.call("PUT", url, { bytes: lying, headers: announcedLength });
      expect(await refusalOf(answer)).toBe("400 bad-request");
    }
    expect(await keptObjects(room)).toEqual([]);
  });

  it("refuses what is too large, announced or put", async () => {
    const room = await openConsentedRoom();
    const { segment, bytes } = await aSegment();
    const huge = { ...segment, bytes: largestSegmentBytes + 1 };
    const announced = await room.call("POST", adaSegments, { as: "ada", json: { segments: [huge] } });
    expect(await refusalOf(announced)).toBe("400 bad-request");
    const headers = { "content-length": String(largestSegmentBytes + 1) };
    const put = await room.call("PUT", await urlFor(room, segment), { bytes, headers });
    expect(await refusalOf(put)).toBe("413 too-large");
    expect(await keptObjects(room)).toEqual([]);
  });

  it("refuses times that no clock shows, instead of breaking on them", async () => {
    const room = await openConsentedRoom();
    const { segment } = await aSegment();
    for (const endsAt of [1e300, 2 ** 53, -1, 0.5]) {
      const answer = await room.call("POST", adaSegments, { as: "ada", json: { segments: [{ ...segment, endsAt }] } });
      expect(await refusalOf(answer), String(endsAt)).toBe("400 bad-request");
    }
  });

  it("refuses more than 32 announcements at a time", async () => {
    const room = await openConsentedRoom();
    const { segment } = await aSegment();
    const segments = Array.from({ length: 33 }, (_, index) => ({ ...segment, index }));
    expect(await refusalOf(await room.call("POST", adaSegments, { as: "ada", json: { segments } }))).toBe(
      "400 bad-request",
    );
  });

  it("refuses other bytes in a place that is taken, and leaves what is there", async () => {
    const room = await openConsentedRoom();
    const first = await aSegment();
    const second = await aSegment({}, "another four seconds");
    // Both are announced while the place is free.
    const [firstUrl, secondUrl] = [await urlFor(room, first.segment), await urlFor(room, second.segment)];
    expect((await room.call("PUT", firstUrl, { bytes: first.bytes })).status).toBe(201);
    expect(await refusalOf(await room.call("PUT", secondUrl, { bytes: second.bytes }))).toBe("409 conflict");
    expect(await refusalOf(await room.call("PUT", firstUrl, { bytes: second.bytes }))).toMatch(/400|422/);
    expect(await room.session.segments(ada)).toEqual([first.segment]);
    expect((await room.call("PUT", firstUrl, { bytes: first.bytes })).status).toBe(200);
  });

  it("keeps nothing before consent", async () => {
    const room = await openWatchedRoom();
    const { segment, bytes } = await aSegment();
    const put = await room.call("PUT", await urlFor(room, segment), { bytes });
    expect(await refusalOf(put)).toBe("409 refused");
    expect(await keptObjects(room)).toEqual([]);
  });

  it("heals a crash between the store and the log when the page puts it again", async () => {
    const room = await openConsentedRoom();
    const { segment, bytes } = await aSegment();
    const url = await urlFor(room, segment);
    expect((await room.call("PUT", url, { bytes })).status).toBe(201);
    // As it is when the object died before it could write: the store has the bytes, the log does not.
    await runInDurableObject(room.session, (_instance, state) => {
      state.storage.sql.exec("DELETE FROM segments");
    });
    expect(await announce(room, segment)).toMatchObject([{ state: "wanted" }]);
    expect((await room.call("PUT", url, { bytes })).status).toBe(200);
    expect(await announce(room, segment)).toMatchObject([{ state: "stored" }]);
  });

  it("lets first segments that race share one key", async () => {
    const recording = { tenantId: brand<TenantId>("tenant-race"), attemptId: ada };
    // The slower one found no key either, and writes its own only when the faster one is using the first already.
    const faster = Promise.withResolvers<AttemptKey>();
    const hasLooked = Promise.withResolvers<void>();
    const late: Pick<R2Bucket, "get" | "put"> = {
      get: async (name: string) => {
        const found = await env.RECORDINGS.get(name);
        hasLooked.resolve();
        return found;
      },
      put: async (...put: Parameters<R2Bucket["put"]>) => {
        await faster.promise;
        return env.RECORDINGS.put(...put);
      },
    };
    const slower = attemptKey(late as R2Bucket, settings.recordingKey, recording, "recordings", isNever);
    await hasLooked.promise;
    faster.resolve((await attemptKey(env.RECORDINGS, settings.recordingKey, recording, "recordings", isNever))!);
    const bytes = new TextEncoder().encode("four seconds");
    const sealed = await encrypt(await faster.promise, bytes, "a place");
    expect(await decrypt((await slower)!, sealed, "a place")).toEqual({ ok: true, value: bytes });
  });

  it("takes first segments that come at the same time", async () => {
    const room = await openConsentedRoom();
    const recorded = await Promise.all([0, 1, 2, 3].map((index) => aSegment({ index })));
    const urls = await Promise.all(recorded.map(({ segment }) => urlFor(room, segment)));
    const puts = await Promise.all(recorded.map(({ bytes }, at) => room.call("PUT", urls[at]!, { bytes })));
    expect(puts.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
    const store = recordingStore(env.RECORDINGS, settings.recordingKey);
    for (const { segment, bytes } of recorded) {
      const recording = { tenantId: room.tenantId, attemptId: ada };
      expect(await store.read(recording, segment, segment.sha256)).toEqual({ state: "intact", bytes });
    }
  });
});

describe("only who may put a segment can", () => {
  it("refuses another attempt's cookie, staff and strangers to announce", async () => {
    const room = await openConsentedRoom();
    const { segment } = await aSegment();
    for (const as of ["grace", "lin", undefined] as const) {
      const json = { segments: [segment] };
      const call = as === undefined ? { json } : { as, json };
      expect(await refusalOf(await room.call("POST", adaSegments, call))).toBe("401 not-signed-in");
      expect((await room.call("GET", adaSegments, as === undefined ? {} : { as })).status).toBe(401);
    }
  });

  it("takes announcements only from the browser that consented", async () => {
    const room = await openConsentedRoom();
    const { segment } = await aSegment();
    const { tenantId, examSessionId } = room;
    const claims = { tenantId, examSessionId, attemptId: ada, cnf: { jkt: browsers.grace }, linkHash: "0".repeat(64) };
    const token = await sealToken(settings, candidateToken, claims, Date.now() + 60_000);
    const headers = { cookie: `__Secure-invigil_attempt=${token}` };
    const announced = await room.call("POST", adaSegments, { headers, json: { segments: [segment] } });
    expect(await refusalOf(announced)).toBe("409 link-in-use");
    expect(await refusalOf(await room.call("GET", adaSegments, { headers }))).toBe("409 link-in-use");
  });

  it("puts into the attempt of the token and into no other", async () => {
    const room = await openConsentedRoom();
    await room.consent("grace");
    const { segment, bytes } = await aSegment();
    await room.call("PUT", await urlFor(room, segment), { as: "grace", bytes });
    expect(await room.session.segments(grace)).toEqual([]);
    expect(await room.session.segments(ada)).toEqual([segment]);
  });

  it("takes nothing from a browser that announced before another one consented", async () => {
    const room = await openWatchedRoom();
    const { segment, bytes } = await aSegment();
    const { tenantId, examSessionId } = room;
    const claims = { tenantId, examSessionId, attemptId: ada, cnf: { jkt: browsers.grace }, linkHash: "0".repeat(64) };
    const token = await sealToken(settings, candidateToken, claims, Date.now() + 60_000);
    const headers = { cookie: `__Secure-invigil_attempt=${token}` };
    const announced = await room.call("POST", adaSegments, { headers, json: { segments: [segment] } });
    const { segments } = await announced.json<{ segments: { url?: string }[] }>();
    await room.consent("ada");
    expect(await refusalOf(await room.call("PUT", segments[0]!.url!, { bytes }))).toBe("409 refused");
    expect(await keptObjects(room)).toEqual([]);
    expect(await room.session.segments(ada)).toEqual([]);
  });

  it("refuses an upload token that is expired, forged, or meant for playback", async () => {
    const room = await openConsentedRoom();
    const { segment, bytes } = await aSegment();
    const claims = uploadClaims(room, segment);
    const expired = await sealToken(settings, uploadToken, claims, Date.now() - 60_000);
    const playback = await sealToken(
      settings,
      playbackToken,
      { ...claims, memberId: memberOf(room.tenantId, "rui") },
      Date.now() + 60_000,
    );
    const good = await sealToken(settings, uploadToken, claims, Date.now() + 60_000);
    const [head, , signature] = good.split(".");
    const forgedClaims = btoa(JSON.stringify({ ...claims, attemptId: grace })).replaceAll("=", "");
    for (const token of [expired, playback, `${head}.${forgedClaims}.${signature}`, "nonsense"]) {
      expect(await refusalOf(await room.call("PUT", `/v1/uploads/${token}`, { bytes }))).toBe("403 not-allowed");
    }
    expect(await keptObjects(room)).toEqual([]);
    // The claims were good: the same, signed for uploads, is taken.
    expect((await room.call("PUT", `/v1/uploads/${good}`, { bytes })).status).toBe(201);
  });

  it("refuses a put from another origin", async () => {
    const room = await openConsentedRoom();
    const { segment, bytes } = await aSegment();
    const headers = { origin: "https://elsewhere.test" };
    const put = await room.call("PUT", await urlFor(room, segment), { bytes, headers });
    expect(await refusalOf(put)).toBe("403 not-allowed");
  });
});
