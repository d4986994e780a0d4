import { runInDurableObject } from "cloudflare:test";
import { describe, expect, it } from "vitest";
import { closeCodes } from "#protocol/session/version.ts";
import { brand, type RegistrationId } from "#domain/exam/ids.ts";
import {
  ada,
  asCandidate,
  asProctor,
  bringTo,
  evict,
  grace,
  gracesBrowser,
  openRoom,
  ringAlarm,
  storedLog,
  type Stub,
} from "#test/support/session-room.ts";

const admitted = "json_valid(text) AND text ->> '$.fact.type' = 'admitted'";

/** That Ada was admitted becomes something that no program has written, and the object wakes to it. Gives what was there. */
async function breakLog(stub: Stub): Promise<string> {
  const text = await runInDurableObject(stub, (_instance, { storage }) => {
    const before = storage.sql.exec<{ text: string }>(`SELECT text FROM events WHERE ${admitted}`).one().text;
    storage.sql.exec(`UPDATE events SET text = '{' WHERE ${admitted}`);
    storage.sql.exec("UPDATE attempts SET fold_version = -1");
    return before;
  });
  await evict(stub);
  return text;
}

async function mend(stub: Stub, text: string): Promise<void> {
  await runInDurableObject(stub, (_instance, { storage }) => {
    storage.sql.exec("UPDATE events SET text = ? WHERE text = '{'", text);
  });
  await evict(stub);
}

async function broken() {
  const stub = await openRoom();
  const candidate = await asCandidate(stub);
  const proctor = await asProctor(stub);
  await bringTo("open", candidate, proctor);
  const lost = await breakLog(stub);
  return { stub, candidate, proctor, lost };
}

describe("an attempt whose log cannot be read", () => {
  it("[R19] is set aside, and the room goes on without it", async () => {
    const { stub } = await broken();
    const other = await asCandidate(stub, grace, gracesBrowser);
    expect((await other.welcome()).view.status).toBe("registered");
    const before = (await storedLog(stub)).length;
    await ringAlarm(stub);
    const late = await asProctor(stub);
    expect((await late.welcome()).tiles.map(({ attemptId }) => attemptId)).toEqual([grace]);
    expect(await storedLog(stub)).toHaveLength(before);
  });

  it("[R19] is told to the proctors by its name: to those who come, and to those who are there", async () => {
    const { stub, proctor } = await broken();
    const late = await asProctor(stub);
    const told = { type: "setAside", candidates: [{ attemptId: ada, name: "Ada" }] };
    expect(await late.next("setAside")).toEqual(told);
    expect(await proctor.next("setAside")).toEqual(told);
  });

  it("[R19] is told to its candidate when the page comes, and when it says something; to another browser nothing", async () => {
    const { stub, candidate } = await broken();
    expect(await candidate.do({ type: "handIn" })).toEqual({ accepted: false, refusal: "set-aside" });
    expect((await stub.checkIn(ada, "browser-of-ada"))?.way).toEqual({ kind: "in" });
    const again = await asCandidate(stub);
    expect(await again.until(() => again.closed ?? undefined)).toEqual({
      code: closeCodes.setAside,
      reason: "the record cannot be read",
    });
    expect(await stub.checkIn(ada, "browser-of-mallory")).toBeNull();
    const stranger = await asCandidate(stub, ada, "browser-of-mallory");
    expect(await stranger.until(() => stranger.closed ?? undefined)).toMatchObject({ code: closeCodes.notAllowed });
  });

  it("[R19] is not begun anew by anything that staff or the front door ask, and is whole when its log is", async () => {
    const { stub, proctor, lost } = await broken();
    const registration = { attemptId: ada, registrationId: brand<RegistrationId>("registration-ada"), name: "Ada" };
    await stub.register([registration]);
    expect(await proctor.do(ada, { type: "pause", reason: "A moment" })).toEqual({
      accepted: false,
      refusal: "set-aside",
    });
    await mend(stub, lost);
    const { view } = await (await asCandidate(stub)).welcome();
    expect(view).toMatchObject({ status: "open", time: { entries: [{ kind: "base" }] } });
    expect((await (await asProctor(stub)).welcome()).tiles).toHaveLength(2);
  });
});
