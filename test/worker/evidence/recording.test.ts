import { env } from "cloudflare:test";
import { describe, expect, it, vi } from "vitest";
import type { Segment } from "#domain/attempt/command.ts";
import { brand, type TenantId } from "#domain/exam/ids.ts";
import { ada } from "#test/support/session-room.ts";
import { sealToken } from "#worker/auth/sealed-token.ts";
import { objectOf, recordingStore } from "#worker/evidence/recording-store.ts";
import { sha256Hex } from "#worker/sha256-hex.ts";
import { keyObjectOf } from "#worker/evidence/attempt-key.ts";
import { playbackToken } from "#worker/evidence/playback-token.ts";
import { uploadToken } from "#worker/evidence/upload-token.ts";
import { browsers, memberOf, openWatchedRoom, settings, type WatchedRoom } from "../watched-room.ts";
import { isNever } from "../ended-exam.ts";

const recordingPath = `/v1/attempts/${ada}/recording`;
const inAnHour = () => Date.now() + 3_600_000;

const recordedAt = Date.now();

type Listed = { track: string; run: number; index: number; present: boolean; url: string | null };

/** A room whose ada has these segments recorded, put the way her page does it. */
async function openRecordedRoom(...places: readonly Pick<Segment, "track" | "run" | "index">[]): Promise<WatchedRoom> {
  const room = await openWatchedRoom();
  await room.consent("ada");
  for (const place of places) {
    const bytes = bytesAt(place);
    const segment = {
      ...place,
      sha256: await sha256Hex(bytes),
      bytes: bytes.byteLength,
      startsAt: recordedAt + place.index * 4_000,
      endsAt: recordedAt + (place.index + 1) * 4_000,
    };
    const { tenantId, examSessionId } = room;
    const claims = { tenantId, examSessionId, attemptId: ada, browser: browsers.ada, segment };
    const token = await sealToken(settings, uploadToken, claims, inAnHour());
    expect((await room.call("PUT", `/v1/uploads/${token}`, { bytes })).status).toBe(201);
  }
  return room;
}

function bytesAt({ track, run, index }: Pick<Segment, "track" | "run" | "index">): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(`what ${track} saw in ${run}/${index}`);
}

async function listed(room: WatchedRoom): Promise<readonly Listed[]> {
  const answer = await room.call("GET", recordingPath, { as: "rui" });
  expect(answer.status).toBe(200);
  return (await answer.json<{ segments: Listed[] }>()).segments;
}

async function urlOf(room: WatchedRoom): Promise<string> {
  const url = (await listed(room))[0]?.url;
  if (url === undefined || url === null) throw new Error("nothing to play");
  return url;
}

async function refusalOf(answer: Response) {
  const { code } = await answer.json<{ code: string }>();
  return `${answer.status} ${code}`;
}

const first = { track: "camera", run: 0, index: 0 } as const;

describe("a reviewer plays what the log says was recorded, or is told that it is not there", () => {
  it("lists the segments by track, run and index as numbers", async () => {
    const room = await openRecordedRoom(
      { track: "screen", run: 0, index: 0 },
      { track: "camera", run: 1, index: 0 },
      { track: "camera", run: 0, index: 10 },
      { track: "camera", run: 0, index: 9 },
    );
    const places = (await listed(room)).map(({ track, run, index }) => `${track} ${run} ${index}`);
    expect(places).toEqual(["camera 0 9", "camera 0 10", "camera 1 0", "screen 0 0"]);
  });

  it("plays the bytes that were recorded, as WebM that nobody caches", async () => {
    const room = await openRecordedRoom(first);
    const played = await room.call("GET", await urlOf(room), { as: "rui" });
    expect(played.status).toBe(200);
    expect(played.headers.get("content-type")).toBe("video/webm");
    expect(played.headers.get("cache-control")).toBe("no-store");
    expect(new Uint8Array(await played.arrayBuffer())).toEqual(bytesAt(first));
  });

  it("says which segments the store has lost, and gives no address for them", async () => {
    const second = { ...first, index: 1 };
    const room = await openRecordedRoom(first, second);
    const url = await urlOf(room);
    await env.RECORDINGS.delete(objectOf({ tenantId: room.tenantId, attemptId: ada }, first));
    expect(await listed(room)).toMatchObject([
      { ...first, present: false, url: null },
      { ...second, present: true, url: expect.stringMatching(/^\/v1\/playback\//) },
    ]);
    expect(await refusalOf(await room.call("GET", url, { as: "rui" }))).toBe("404 not-found");
  });

  it("never plays an object that was changed, cut, or put in another's place", async () => {
    const second = { ...first, index: 1 };
    const room = await openRecordedRoom(first, second);
    const url = await urlOf(room);
    const recording = { tenantId: room.tenantId, attemptId: ada };
    const bytesOf = async (name: string) => new Uint8Array(await (await env.RECORDINGS.get(name))!.arrayBuffer());
    const original = await bytesOf(objectOf(recording, first));
    const neighbour = await bytesOf(objectOf(recording, second));
    const flipped = original.slice();
    flipped[20] = flipped[20]! ^ 1;
    const otherVersion = original.slice();
    otherVersion[0] = 2;
    for (const forged of [flipped, otherVersion, original.slice(0, -1), new Uint8Array(0), neighbour]) {
      await env.RECORDINGS.put(objectOf(recording, first), forged);
      const answer = await room.call("GET", url, { as: "rui" });
      expect(await refusalOf(answer)).toBe("422 hash-mismatch");
    }
  });

  it("never plays bytes that were encrypted again with the right key but are not those of the log", async () => {
    const room = await openRecordedRoom(first);
    const url = await urlOf(room);
    const recording = { tenantId: room.tenantId, attemptId: ada };
    await env.RECORDINGS.delete(objectOf(recording, first));
    const other = new TextEncoder().encode("a nicer four seconds");
    const store = recordingStore(env.RECORDINGS, settings.recordingKey);
    expect(await store.keep(recording, first, other, await sha256Hex(other), isNever)).toBe("kept");
    expect(await refusalOf(await room.call("GET", url, { as: "rui" }))).toBe("422 hash-mismatch");
  });

  it("has nothing to play once the attempt's key is destroyed", async () => {
    const room = await openRecordedRoom(first);
    const url = await urlOf(room);
    await env.RECORDINGS.delete(keyObjectOf({ tenantId: room.tenantId, attemptId: ada }, "recordings"));
    expect(await listed(room)).toMatchObject([{ present: false, url: null }]);
    expect(await refusalOf(await room.call("GET", url, { as: "rui" }))).toBe("404 not-found");
  });

  it("says in the log, and not to the page, that RECORDING_KEY is the wrong one", async () => {
    const room = await openRecordedRoom(first);
    const url = await urlOf(room);
    const RECORDING_KEY = btoa("thirty-two other bytes, as it is");
    const logged = vi.spyOn(console, "error").mockImplementation(() => undefined);
    const answer = await room.call("GET", url, { as: "rui", env: { RECORDING_KEY } });
    const lines = logged.mock.calls.flat().join("\n");
    logged.mockRestore();
    expect(lines).toContain("RECORDING_KEY is not the one that it was wrapped with");
    const text = await answer.text();
    expect(answer.status).toBe(500);
    expect(text).not.toContain("RECORDING_KEY");
    expect(lines + text).not.toContain(RECORDING_KEY);
  });
});

describe("only who may see a recording can", () => {
  it("refuses candidates, proctors, authors and strangers the manifest", async () => {
    const room = await openRecordedRoom(first);
    for (const as of ["lin", "noor"] as const) {
      expect(await refusalOf(await room.call("GET", recordingPath, { as }))).toBe("403 not-allowed");
    }
    expect(await refusalOf(await room.call("GET", recordingPath, { as: "ada" }))).toBe("401 not-signed-in");
    expect(await refusalOf(await room.call("GET", recordingPath))).toBe("401 not-signed-in");
  });

  it("has no such attempt for a reviewer of another tenant", async () => {
    const room = await openRecordedRoom(first);
    const url = await urlOf(room);
    const elsewhere = await openWatchedRoom();
    const answer = await elsewhere.call("GET", recordingPath, { as: "rui" });
    // Both tenants have an attempt of this name; each sees its own, and the other's is empty.
    expect(await answer.json()).toEqual({ segments: [] });
    expect(await refusalOf(await elsewhere.call("GET", url, { as: "rui" }))).toBe("403 not-allowed");
    const nobody = await elsewhere.call("GET", "/v1/attempts/attempt-nobody/recording", { as: "rui" });
    expect(await refusalOf(nobody)).toBe("404 not-found");
  });

  it("takes an address only with the cookie of the reviewer it was made for", async () => {
    const room = await openRecordedRoom(first);
    const url = await urlOf(room);
    expect(await refusalOf(await room.call("GET", url))).toBe("401 not-signed-in");
    expect(await refusalOf(await room.call("GET", url, { as: "lin" }))).toBe("403 not-allowed");
    const claims = { tenantId: room.tenantId, examSessionId: room.examSessionId, attemptId: ada };
    const memberId = memberOf(room.tenantId, "rui");
    const others = { ...claims, memberId: memberOf(room.tenantId, "noor") };
    const elsewhere = { ...claims, memberId, tenantId: brand<TenantId>("tenant-elsewhere") };
    for (const wrong of [others, elsewhere]) {
      const token = await sealToken(settings, playbackToken, wrong, inAnHour());
      const answer = await room.call("GET", `/v1/playback/${token}/camera/0/0`, { as: "rui" });
      expect(await refusalOf(answer)).toBe("403 not-allowed");
    }
  });

  it("refuses a playback address that is expired or made of an upload token, and a place that was never recorded", async () => {
    const room = await openRecordedRoom(first);
    const url = await urlOf(room);
    const good = url.split("/")[3]!;
    const claims = {
      tenantId: room.tenantId,
      examSessionId: room.examSessionId,
      attemptId: ada,
      memberId: memberOf(room.tenantId, "rui"),
    };
    const expired = await sealToken(settings, playbackToken, claims, Date.now() - 60_000);
    const segment = (await room.session.segments(ada))[0]!;
    const upload = await sealToken(settings, uploadToken, { ...claims, browser: browsers.ada, segment }, inAnHour());
    for (const token of [expired, upload, "nonsense"]) {
      const answer = await room.call("GET", `/v1/playback/${token}/camera/0/0`, { as: "rui" });
      expect(await refusalOf(answer)).toBe("403 not-allowed");
    }
    for (const place of ["camera/0/1", "camera/1/0", "screen/0/0", "microphone/0/0", "camera/0/-1"]) {
      const answer = await room.call("GET", `/v1/playback/${good}/${place}`, { as: "rui" });
      expect(await refusalOf(answer)).toBe("404 not-found");
    }
  });
});
