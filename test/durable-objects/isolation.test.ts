import { runInDurableObject } from "cloudflare:test";
import { describe, expect, it, vi } from "vitest";
import type { AttemptId } from "#domain/exam/ids.ts";
import {
  ada,
  asCandidate,
  asProctor,
  bringTo,
  consentSha256,
  evict,
  grace,
  gracesBrowser,
  letTimePass,
  openRoom,
  type ProctorLine,
  ringAlarm,
  type Stub,
} from "#test/support/session-room.ts";

const passed = { camera: "passed", microphone: "passed", screen: "passed", fullScreen: "passed" } as const;

/** Both attempts open, nobody but the proctor listening for grace's. */
async function openBoth() {
  const stub = await openRoom();
  const proctor = await asProctor(stub);
  const candidate = await asCandidate(stub);
  await bringTo("open", candidate, proctor);
  await openGraces(stub, proctor);
  return { stub, proctor, candidate };
}

async function openGraces(stub: Stub, proctor: ProctorLine): Promise<void> {
  const other = await asCandidate(stub, grace, gracesBrowser);
  await other.do({ type: "giveConsent", textSha256: consentSha256 });
  await other.do({ type: "reportDeviceCheck", check: passed });
  await other.do({ type: "requestAdmission" });
  await proctor.do(grace, { type: "admit" });
  expect(await other.do({ type: "openPaper" })).toMatchObject({ accepted: true });
}

/** Stands in for whatever makes one attempt impossible to store: a row over production's 2 MB, a fault in its fold. */
async function refuseEventsOf(stub: Stub, attemptId: AttemptId): Promise<void> {
  await runInDurableObject(stub, (_instance, { storage }) => {
    storage.sql.exec(
      `CREATE TRIGGER refused BEFORE INSERT ON events WHEN NEW.attempt_id = '${attemptId}'
       BEGIN SELECT RAISE(ABORT, 'refused'); END`,
    );
  });
}

async function statusOf(stub: Stub, attemptId: AttemptId) {
  return (await stub.record(attemptId))?.attempt.status;
}

describe("one attempt that cannot be stored holds up no other", () => {
  it("[R10] in the turn that they share", async () => {
    const { stub, proctor } = await openBoth();
    await refuseEventsOf(stub, ada);
    for (const attemptId of [grace, ada]) {
      const command = { type: "pause", reason: "A fire drill" };
      proctor.sendRaw(JSON.stringify({ type: "command", id: `pause ${attemptId}`, attemptId, command }));
    }
    expect(await proctor.until(() => proctor.closed ?? undefined)).toMatchObject({ code: 1011 });
    const acks = proctor.came.flatMap((down) => (down.type === "acks" ? down.acks : []));
    expect(acks.map(({ id }) => id)).toContain(`pause ${grace}`);
    expect(acks.map(({ id }) => id)).not.toContain(`pause ${ada}`);
    expect(await statusOf(stub, grace)).toBe("paused");
    expect(await statusOf(stub, ada)).toBe("open");
  });

  it("[R10] when the alarm hands both in, and the one that failed is handed in as soon as it can be", async () => {
    const { stub } = await openBoth();
    await letTimePass(stub, 3_601_000);
    await refuseEventsOf(stub, ada);
    await ringAlarm(stub);
    expect(await statusOf(stub, grace)).toBe("handed-in");
    expect(await statusOf(stub, ada)).toBe("open");

    await runInDurableObject(stub, async (_instance, { storage }) => {
      expect(await storage.getAlarm()).toBeLessThan(Date.now() + 6_000);
      storage.sql.exec("DROP TRIGGER refused");
    });
    // Within one life of the object it would be some seconds; one that starts anew tries at once.
    await evict(stub);
    await ringAlarm(stub);
    expect(await statusOf(stub, ada)).toBe("handed-in");
  });

  it("[B16] and one that still could not be ended an hour after its time is named as what the service failed", async () => {
    const { stub } = await openBoth();
    await refuseEventsOf(stub, ada);
    await letTimePass(stub, 3_601_000);
    await ringAlarm(stub);
    expect(await stub.failuresOf([ada, grace]), "it was due a second ago").toEqual({});
    await letTimePass(stub, 3_600_000);
    await ringAlarm(stub);
    await vi.waitFor(async () => expect(await stub.failuresOf([ada, grace])).toEqual({ [ada]: "end-not-stored" }));
  });

  it("[R10] an attempt that grew too large for one row is folded from its events instead", async () => {
    const { stub, proctor, candidate } = await openBoth();
    // Production takes 2 MB a row; the runtime on this machine takes more, so the table itself holds the limit here.
    await runInDurableObject(stub, (_instance, { storage }) => {
      for (const event of ["INSERT", "UPDATE"]) {
        storage.sql.exec(
          `CREATE TRIGGER too_big_${event} BEFORE ${event} ON attempts WHEN length(CAST(NEW.snapshot AS BLOB)) > 2000000
           BEGIN SELECT RAISE(ABORT, 'string or blob too big'); END`,
        );
      }
    });
    const text = "€".repeat(2_000);
    for (let index = 0; index < 400; index += 1) {
      const command = { type: "sendMessage", text };
      proctor.sendRaw(JSON.stringify({ type: "command", id: `message ${index}`, attemptId: ada, command }));
    }
    expect(await proctor.do(ada, { type: "sendMessage", text })).toMatchObject({ accepted: true });
    expect(await candidate.do({ type: "handIn" })).toMatchObject({ accepted: true });
    const before = await stub.record(ada);
    await evict(stub);
    expect(await stub.record(ada)).toEqual(before);
    expect(before?.attempt).toMatchObject({ status: "handed-in", score: { points: 2 } });
  });
});
