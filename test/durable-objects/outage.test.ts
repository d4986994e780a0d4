import { runInDurableObject } from "cloudflare:test";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { CandidateCommand, ProctorCommand } from "#domain/attempt/command.ts";
import type { AttemptId } from "#domain/exam/ids.ts";
import { examSession } from "#worker/exam-sessions.ts";
import { env, openSchools, type Scheduled, scheduleSitting } from "#test/support/school.ts";
import {
  asCandidate,
  asProctor,
  type CandidateLine,
  evict,
  type ProctorLine,
  ringAlarm,
  type Stub,
  wayTo,
} from "#test/support/session-room.ts";

let scheduled: Scheduled;
let stub: Stub;

beforeEach(async () => {
  await openSchools();
  scheduled = await scheduleSitting();
  stub = examSession(env, scheduled.sitting.examSessionId) as Stub;
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
});
afterEach(() => void vi.useRealTimers());

/** As much time passes, and the alarm rings as often as it would have by then. */
async function pass(ms: number): Promise<void> {
  const end = Date.now() + ms;
  while (Date.now() < end) {
    vi.setSystemTime(Math.min(end, Date.now() + 15_000));
    await ringAlarm(stub);
  }
}

async function waiting(): Promise<number> {
  return runInDurableObject(
    stub,
    (_instance, { storage }) => storage.sql.exec<{ n: number }>("SELECT count(*) AS n FROM outbox").one().n,
  );
}

async function drained(): Promise<void> {
  // What a delivery under way still does happens in its own time, and the next alarm in ours.
  await vi.waitFor(
    async () => {
      await pass(61_000);
      expect(await waiting()).toBe(0);
    },
    { timeout: 10_000 },
  );
}

/** D1 refuses whatever the session tells. */
async function away(): Promise<void> {
  await env.DB.exec("ALTER TABLE attempts RENAME TO attempts_away");
}

async function back(): Promise<void> {
  await env.DB.exec("ALTER TABLE attempts_away RENAME TO attempts");
}

type Row = { status: string; points: number | null; opened_at: number | null; closed_at: number | null; n: number };

async function readModelOf(attemptId: AttemptId): Promise<Row | null> {
  return env.DB.prepare(
    `SELECT status, points, opened_at, closed_at,
       (SELECT count(*) FROM violations WHERE attempt_id = attempts.id) AS n
     FROM attempts WHERE id = ?`,
  )
    .bind(attemptId)
    .first<Row>();
}

async function comeTo(attemptId: AttemptId, candidate: CandidateLine, proctor: ProctorLine): Promise<void> {
  const acts: readonly (readonly [string, CandidateCommand | ProctorCommand])[] = [
    ...wayTo.checked,
    ...wayTo.waiting,
    ...wayTo.admitted,
    ...wayTo.open,
  ];
  expect(await candidate.consent()).toMatchObject({ accepted: true });
  for (const [who, command] of acts) {
    const outcome =
      who === "ada"
        ? await candidate.do(command as CandidateCommand)
        : await proctor.do(attemptId, command as ProctorCommand);
    expect(outcome, command.type).toMatchObject({ accepted: true });
  }
}

const blur = { kind: "tab-hidden", detail: { count: null, confidence: null }, agoMs: 0 } as const;

describe("an outage of D1", () => {
  it("[R18] of ten minutes changes nothing in an exam that begins, goes on and ends in it, and everything arrives afterwards", async () => {
    const proctor = await asProctor(stub);
    const [ada, grace] = scheduled.links.map(({ attemptId }) => attemptId) as [AttemptId, AttemptId];
    const come = () => Promise.all([asCandidate(stub, ada, "browser-a"), asCandidate(stub, grace, "browser-g")]);
    let candidates = await come();
    await away();
    await comeTo(ada, candidates[0], proctor);
    await comeTo(grace, candidates[1], proctor);
    for (let minute = 0; minute < 10; minute += 1) {
      expect(await candidates[0].do({ type: "beginSignal", ...blur })).toMatchObject({ accepted: true });
      await pass(60_000);
      // Their pings are of a time that does not pass with ours: the session takes them for silent, and they come back.
      candidates = await come();
      expect(await candidates[0].do({ type: "endSignal", kind: blur.kind, agoMs: 0 })).toMatchObject({
        accepted: true,
      });
      expect(await proctor.do(grace, { type: "addTime", ms: 60_000, reason: "A minute" })).toMatchObject({
        accepted: true,
      });
    }
    for (const line of candidates) expect(await line.do({ type: "handIn" })).toMatchObject({ accepted: true });
    const kept = await waiting();
    expect(kept).toBeGreaterThan(20);
    await evict(stub);
    expect(await waiting()).toBe(kept);

    await back();
    expect(await readModelOf(ada)).toMatchObject({ status: "registered", points: null, n: 0 });
    await drained();
    const record = await stub.record(ada);
    const noted = record?.events.filter(({ fact }) => fact.type === "violationNoted").length;
    expect(noted).toBeGreaterThanOrEqual(10);
    expect(await readModelOf(ada)).toEqual({
      status: "handed-in",
      points: expect.any(Number),
      opened_at: expect.any(Number),
      closed_at: expect.any(Number),
      n: noted,
    });
    expect(await readModelOf(grace)).toMatchObject({ status: "handed-in" });
  });
});
