import { describe, expect, it } from "vitest";
import {
  ada,
  asCandidate,
  asProctor,
  bringTo,
  evict,
  openRoom,
  type Stage,
  storedLog,
} from "#test/support/session-room.ts";

const stages: readonly Stage[] = ["registered", "consented", "checked", "waiting", "admitted", "open", "paused"];

describe("sleep is normal life: what the session knows comes from its storage", () => {
  for (const stage of stages) {
    it(`[R7] evicting the object changes nothing of an attempt that is ${stage}`, async () => {
      const stub = await openRoom();
      const candidate = await asCandidate(stub);
      const proctor = await asProctor(stub);
      await bringTo(stage, candidate, proctor);
      const log = await storedLog(stub);
      const record = await stub.record(ada);

      await evict(stub);

      expect(await storedLog(stub)).toEqual(log);
      expect(await stub.record(ada)).toEqual(record);
      const again = await asProctor(stub);
      const tile = (await again.welcome()).tiles.find(({ attemptId }) => attemptId === ada);
      expect(tile?.view.status).toBe(stage);
      expect(tile?.online).toBe(true);
    });
  }

  it("[R7] sockets that slept through an eviction go on where they were", async () => {
    const stub = await openRoom();
    const candidate = await asCandidate(stub);
    const proctor = await asProctor(stub);
    await bringTo("open", candidate, proctor);
    await evict(stub);
    expect(await proctor.do(ada, { type: "pause", reason: "Look here" })).toMatchObject({ accepted: true });
    const change = await candidate.until(() =>
      candidate.came.find((down) => down.type === "changed" && down.parts.status === "paused"),
    );
    expect(change).toMatchObject({ parts: { reason: "Look here" } });
  });

  it("[R7] an attempt that ended is still ended, with its score, after an eviction", async () => {
    const stub = await openRoom();
    const candidate = await asCandidate(stub);
    const proctor = await asProctor(stub);
    await bringTo("open", candidate, proctor);
    await candidate.do({ type: "handIn" });
    const before = await stub.record(ada);
    await evict(stub);
    const after = await stub.record(ada);
    expect(after).toEqual(before);
    expect(after?.attempt).toMatchObject({ status: "handed-in", score: { points: 2 } });
  });

  it("[R7] an attempt that was denied is still denied, with its reason", async () => {
    const stub = await openRoom();
    const candidate = await asCandidate(stub);
    const proctor = await asProctor(stub);
    await bringTo("waiting", candidate, proctor);
    await proctor.do(ada, { type: "deny", reason: "Another person in the room" });
    const before = await stub.record(ada);
    await evict(stub);
    expect(await stub.record(ada)).toEqual(before);
    const { view } = await (await asCandidate(stub)).welcome();
    expect(view).toMatchObject({ status: "denied", reason: "Another person in the room" });
  });

  it("[R7] [A38] an attempt that was terminated is still terminated, and what was saved is scored", async () => {
    const stub = await openRoom();
    const candidate = await asCandidate(stub);
    const proctor = await asProctor(stub);
    await bringTo("paused", candidate, proctor);
    await proctor.do(ada, { type: "terminate", cause: "conduct", reason: "Somebody else answered" });
    const before = await stub.record(ada);
    await evict(stub);
    const after = await stub.record(ada);
    expect(after).toEqual(before);
    expect(after?.attempt).toMatchObject({ status: "terminated", cause: "conduct", score: { points: 2 } });
  });

  for (const stage of stages) {
    it(`[R7] a candidate whose attempt is ${stage} reads the same before and after`, async () => {
      const stub = await openRoom();
      const candidate = await asCandidate(stub);
      await bringTo(stage, candidate, await asProctor(stub));
      const before = await (await asCandidate(stub)).welcome();
      await evict(stub);
      const after = await (await asCandidate(stub)).welcome();
      expect({ ...after, serverNow: 0 }).toEqual({ ...before, serverNow: 0 });
    });
  }
});
