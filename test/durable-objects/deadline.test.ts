import { runInDurableObject } from "cloudflare:test";
import { describe, expect, it, vi } from "vitest";
import {
  ada,
  asCandidate,
  asProctor,
  bringTo,
  letTimePass,
  openRoom,
  ringAlarm,
  type Stub,
} from "#test/support/session-room.ts";
import { firstAid } from "#test/domain/exam/first-aid.ts";

const hour = 3_600_000;
const recovery = firstAid.sections[0]!.items[0]!.id;

async function openAttempt(): Promise<Stub> {
  const stub = await openRoom();
  const candidate = await asCandidate(stub);
  await bringTo("open", candidate, await asProctor(stub));
  candidate.close();
  return stub;
}

async function alarmOf(stub: Stub): Promise<number | null> {
  return runInDurableObject(stub, (_instance, { storage }) => storage.getAlarm());
}

async function deadlineOf(stub: Stub, durationMs: number): Promise<number> {
  const attempt = (await stub.record(ada))?.attempt;
  if (attempt === undefined || !("work" in attempt)) throw new Error("ada has no paper");
  return attempt.work.openedAt + durationMs;
}

describe("the deadline lives in the object", () => {
  it("[A24] the alarm rings by itself and hands in at the deadline, with nobody connected", async () => {
    const stub = await openRoom({ exam: { ...firstAid, durationMs: 700 } });
    const candidate = await asCandidate(stub);
    const proctor = await asProctor(stub);
    await bringTo("open", candidate, proctor);
    candidate.close();
    proctor.close();
    // Reading a record decides nothing: what is found there, the alarm did.
    await vi.waitFor(async () => expect((await stub.record(ada))?.attempt.status).toBe("handed-in"), {
      timeout: 10_000,
    });
    const record = await stub.record(ada);
    expect(record?.attempt).toMatchObject({ cause: "deadline", score: null });
    expect(record?.events.at(-1)).toMatchObject({ by: { kind: "system" }, fact: { type: "handedIn" } });
  });

  it("[A25] the alarm is set to the deadline, and then to the end of the grace", async () => {
    // Shorter than a page that is connected may be silent: nothing else waits for the clock before the deadline.
    const durationMs = 20_000;
    const stub = await openRoom({ exam: { ...firstAid, durationMs } });
    await bringTo("open", await asCandidate(stub), await asProctor(stub));
    const deadline = () => deadlineOf(stub, durationMs);
    await vi.waitFor(async () => expect(await alarmOf(stub)).toBe(await deadline()), { timeout: 10_000 });
    await letTimePass(stub, durationMs + 1_000);
    await ringAlarm(stub);
    await vi.waitFor(async () => expect(await alarmOf(stub)).toBe((await deadline()) + 10_000), {
      timeout: 10_000,
    });
  });

  it("[A25] the alarm scores when the grace is over", async () => {
    const stub = await openRoom();
    // Connected all the while: an object that finds its candidate gone when it starts looks at the clock for itself.
    await bringTo("open", await asCandidate(stub), await asProctor(stub));
    await letTimePass(stub, hour + 1_000);
    await ringAlarm(stub);
    await letTimePass(stub, 20_000);
    await ringAlarm(stub);
    expect((await stub.record(ada))?.attempt).toMatchObject({ status: "handed-in", score: { points: 2 } });
  });

  it("[A24] a command that comes after the deadline but before the alarm finds the attempt handed in", async () => {
    const stub = await openAttempt();
    await letTimePass(stub, hour + 60_000);
    const candidate = await asCandidate(stub);
    const outcome = await candidate.do({ type: "saveAnswer", itemId: recovery, response: null, agoMs: 0 });
    expect(outcome).toEqual({ accepted: false, refusal: "handed-in" });
  });

  it("[A21] an answer made before the deadline and delivered within the grace is taken and marked late", async () => {
    const stub = await openAttempt();
    await letTimePass(stub, hour + 2_000);
    const candidate = await asCandidate(stub);
    const response = { kind: "single-choice", option: "back" } as const;
    expect(await candidate.do({ type: "saveAnswer", itemId: recovery, response, agoMs: 5_000 })).toMatchObject({
      accepted: true,
    });
    const record = await stub.record(ada);
    expect(record?.attempt).toMatchObject({ work: { answers: { [recovery]: { response, late: true } } } });
  });

  it("[A29] an answer made before the deadline and delivered after the grace is kept, and the page is told what counts", async () => {
    const stub = await openAttempt();
    await letTimePass(stub, hour + 20_000);
    const candidate = await asCandidate(stub);
    await candidate.welcome();
    const before = candidate.came.length;
    const response = { kind: "single-choice", option: "back" } as const;
    const outcome = await candidate.do({ type: "saveAnswer", itemId: recovery, response, agoMs: 30_000 });
    expect(outcome).toMatchObject({ accepted: true });
    const { parts } = await candidate.next("changed", before);
    expect(parts).toMatchObject({
      kept: [{ itemId: recovery, response }],
      answers: { [recovery]: { response: { option: "side" }, late: false } },
    });
    const record = await stub.record(ada);
    expect(record?.attempt).toMatchObject({ score: { points: 2 } });
    expect(record?.events.at(-1)).toMatchObject({ by: { kind: "candidate" }, fact: { type: "answerKept", response } });
  });

  it("[A24] a page that comes after the deadline but before the alarm hears a welcome first, and in it the end", async () => {
    const stub = await openRoom();
    await bringTo("open", await asCandidate(stub), await asProctor(stub));
    await letTimePass(stub, hour + 1_000);
    // In the turn that wakes the object: its alarm is late, for as long as this test takes.
    await runInDurableObject(stub, (_instance, { storage }) => storage.deleteAlarm());
    const page = await asCandidate(stub);
    await page.welcome();
    expect(page.came[0]).toMatchObject({ type: "welcome", view: { status: "handed-in" } });
  });
});
