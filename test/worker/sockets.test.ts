import { beforeEach, describe, expect, it } from "vitest";
import * as v from "valibot";
import { verifyReceipt } from "#domain/evidence/receipt.ts";
import { attemptRecordSchema, recordFileSchema } from "#protocol/http/review.ts";
import { sha256 } from "#test/domain/evidence/hash.ts";
import { verifyEd25519 } from "#test/support/signed-receipt.ts";
import type { CandidateDown, ProctorDown } from "#protocol/session/down.ts";
import {
  attemptCookie,
  call,
  env,
  jsonOf,
  lin,
  openSchools,
  pia,
  problemOf,
  rosa,
  type Scheduled,
  scheduleSitting,
  staffCookie,
} from "#test/support/school.ts";

let scheduled: Scheduled;

beforeEach(async () => {
  await openSchools();
  scheduled = await scheduleSitting();
});

/** The first message of the socket, and the socket. */
async function open<Down>(path: string, cookie: string): Promise<{ first: Down; socket: WebSocket }> {
  const { webSocket: socket, status } = await call("GET", path, { cookie, headers: { upgrade: "websocket" } });
  if (!socket) throw new Error(`There was no socket but a ${status}`);
  const first = new Promise<Down>((resolve) => {
    socket.addEventListener("message", ({ data }) => resolve(JSON.parse(String(data)) as Down), { once: true });
  });
  socket.accept();
  return { first: await first, socket };
}

describe("sockets", () => {
  it("bring a candidate to the own attempt, whatever the address claims beside it", async () => {
    const { links, sitting } = scheduled;
    const { attemptId } = links[0]!;
    const cookie = await attemptCookie(attemptId, sitting.examSessionId);
    const claim = `attempt=${links[1]!.attemptId}&browser=another`;
    const { first, socket } = await open<CandidateDown>(`/v1/sit/${attemptId}/socket?${claim}`, cookie);
    expect(first).toMatchObject({ type: "welcome", attemptId, view: { name: "Ada", paper: null } });
    socket.close();
  });

  it("bring an assigned proctor to the session, with the name that the institution knows", async () => {
    const { examSessionId } = scheduled.sitting;
    const path = `/v1/exam-sessions/${examSessionId}/socket?after=0&member=${rosa.id}&name=Somebody`;
    const { first, socket } = await open<ProctorDown>(path, await staffCookie(lin));
    expect(first).toMatchObject({ type: "welcome", examSessionId });
    if (first.type !== "welcome") throw new Error("no welcome");
    expect(first.tiles.map(({ view }) => view.name).toSorted()).toEqual(["Ada", "Grace"]);
    socket.close();
  });

  it("are closed to a proctor the moment that somebody else is assigned", async () => {
    const { examSessionId, id } = scheduled.sitting;
    const path = `/v1/exam-sessions/${examSessionId}/socket`;
    const cookie = await staffCookie(lin);
    const { socket } = await open<ProctorDown>(path, cookie);
    const closed = new Promise<number>((resolve) => {
      socket.addEventListener("close", ({ code }) => resolve(code), { once: true });
    });
    const assigned = await call("PUT", `/v1/sittings/${id}/proctors`, {
      cookie: await staffCookie(rosa),
      body: { memberIds: [pia.id] },
    });
    expect(await jsonOf(assigned)).toMatchObject({ proctors: [{ memberId: pia.id }] });
    expect(await closed).toBe(4403);
    expect(await problemOf(await call("GET", path, { cookie, headers: { upgrade: "websocket" } }))).toMatchObject({
      status: 404,
    });
    expect(await jsonOf(await call("GET", "/v1/exam-sessions", { cookie }))).toEqual({ sessions: [] });
    const pias = await call("GET", "/v1/exam-sessions", { cookie: await staffCookie(pia) });
    expect(await jsonOf(pias)).toMatchObject({ sessions: [{ examSessionId, candidates: 2 }] });
  });

  it("are nothing for a plain GET, and take no position that is not a number", async () => {
    const { examSessionId } = scheduled.sitting;
    const path = `/v1/exam-sessions/${examSessionId}/socket`;
    const cookie = await staffCookie(lin);
    expect(await problemOf(await call("GET", path, { cookie }))).toMatchObject({ code: "bad-request" });
    const headers = { upgrade: "websocket" };
    const answer = await call("GET", `${path}?after=-1`, { cookie, headers });
    expect(await problemOf(answer)).toMatchObject({ code: "bad-request" });
  });
});

describe("who proctors a sitting", () => {
  it("can only be proctors of the institution, and a refused list changes nothing", async () => {
    const { id } = scheduled.sitting;
    const cookie = await staffCookie(rosa);
    for (const stranger of ["noor", "mallory", "nobody"]) {
      const body = { memberIds: [pia.id, stranger] };
      expect(await problemOf(await call("PUT", `/v1/sittings/${id}/proctors`, { cookie, body }))).toMatchObject({
        code: "bad-request",
        detail: "memberIds: not all of them are proctors of this institution.",
      });
    }
    const { results } = await env.DB.prepare("select member_id from proctor_assignments").all();
    expect(results).toEqual([{ member_id: lin.id }]);
  });
});

describe("an attempt's record", () => {
  it("[E24] is handed out as a file of the stored texts, which the checkpoint in it and the published key fit", async () => {
    const { attemptId } = scheduled.links[0]!;
    const cookie = await staffCookie(rosa);
    const answer = await call("GET", `/v1/attempts/${attemptId}/record`, { cookie });
    expect(answer.headers.get("content-disposition")).toBe(`attachment; filename="invigil-record-${attemptId}.json"`);
    const file = v.parse(recordFileSchema, await jsonOf(answer));
    expect(file).toMatchObject({ attemptId, name: "Ada" });
    const { events } = v.parse(
      attemptRecordSchema,
      await jsonOf(await call("GET", `/v1/attempts/${attemptId}`, { cookie })),
    );
    expect(file.events.map((text) => JSON.parse(text))).toMatchObject(events);
    const { keys } = await jsonOf<{ keys: { kid: string; x: string }[] }>(await call("GET", "/.well-known/jwks.json"));
    const published = keys.map(({ kid, x }) => ({
      label: kid,
      publicKey: new Uint8Array(Buffer.from(x, "base64url")),
    }));
    const verdict = (texts: readonly string[]) =>
      verifyReceipt(file.checkpoint, { ...file, events: texts }, published, sha256, verifyEd25519);
    expect(verdict(file.events)).toMatchObject({ fits: true, size: file.events.length });
    expect(verdict(file.events.with(0, "{}"))).toMatchObject({ fits: false });
  });

  it("gives a reviewer the log, each item with its key, and the checkpoint over them", async () => {
    const { attemptId } = scheduled.links[0]!;
    const record = await jsonOf(await call("GET", `/v1/attempts/${attemptId}`, { cookie: await staffCookie(rosa) }));
    expect(record).toMatchObject({
      attemptId,
      sittingId: scheduled.sitting.id,
      name: "Ada",
      status: "registered",
      events: [{ seq: 1, fact: { type: "registered" } }],
      score: null,
      checkpoint: expect.stringContaining("invigil."),
    });
    expect(record).toHaveProperty("items.0.item.key");
  });
});
