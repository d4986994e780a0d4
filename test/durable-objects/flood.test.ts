import { afterEach, describe, expect, it, vi } from "vitest";
import { fullBucket, take, waitMs } from "#durable-objects/exam-session/token-bucket.ts";
import { closeCodes } from "#protocol/session/version.ts";
import { firstAid } from "#test/domain/exam/first-aid.ts";
import {
  ada,
  asCandidate,
  asProctor,
  bringTo,
  type CandidateLine,
  grace,
  gracesBrowser,
  openRoom,
  type ProctorLine,
  storedLog,
} from "#test/support/session-room.ts";

afterEach(() => void vi.useRealTimers());

/** Time stands still until it is set on. */
function stopTime(): void {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
}

function pass(ms: number): void {
  vi.setSystemTime(Date.now() + ms);
}

const itemId = firstAid.sections[0]!.items[0]!.id;

function flagging(id: string, flagged = true): string {
  return JSON.stringify({ type: "command", id, command: { type: "flagItem", itemId, flagged } });
}

/** Sends as many commands, named by their number, and resolves with what came of them. */
async function send(candidate: CandidateLine, from: number, to: number) {
  const before = candidate.came.length;
  for (let number = from; number <= to; number += 1) candidate.sendRaw(flagging(`c${number}`, number % 2 === 0));
  return candidate.until(() => {
    const came = candidate.came.slice(before);
    const acks = came.flatMap((down) => (down.type === "acks" ? down.acks.map(({ id }) => id) : []));
    const slowDown = came.find((down) => down.type === "slowDown") ?? null;
    const taken = slowDown === null ? to - from + 1 : Number(slowDown.id.slice(1)) - from;
    return acks.length === taken ? { acks, slowDown } : undefined;
  });
}

async function openExam() {
  const stub = await openRoom();
  const candidate = await asCandidate(stub);
  const proctor = await asProctor(stub);
  await bringTo("open", candidate, proctor);
  stopTime();
  pass(3_600_000 / 2);
  return { stub, candidate, proctor };
}

/** What the session has said so far has come when the answer to a question after it has. */
async function settled(line: CandidateLine | ProctorLine): Promise<void> {
  const from = line.came.length;
  line.sendRaw(JSON.stringify({ type: "clock", sentAt: 0 }));
  await line.until(() => line.came.slice(from).find(({ type }) => type === "clock"));
}

describe("a token bucket", () => {
  const rate = { burst: 3, perSecond: 2 };

  it("[R12] lets a burst through, then as many as its time has brought, and no clock can fill it beyond", () => {
    let bucket = fullBucket(rate, 1_000);
    function takes(now: number): boolean {
      const after = take(bucket, rate, now);
      bucket = after ?? bucket;
      return after !== null;
    }
    expect([1_000, 1_000, 1_000, 1_000, 1_499].map(takes)).toEqual([true, true, true, false, false]);
    expect([1_500, 1_500].map(takes)).toEqual([true, false]);
    expect(takes(500)).toBe(false);
    expect([99_000, 99_000, 99_000, 99_000].map(takes)).toEqual([true, true, true, false]);
  });

  it("[R12] says how long to wait for room, and never for more than it can hold", () => {
    const empty = { tokens: 0, at: 1_000 };
    expect(waitMs(empty, rate, 1, 1_000)).toBe(500);
    expect(waitMs(empty, rate, 1, 1_400)).toBe(100);
    expect(waitMs(empty, rate, 100, 1_000)).toBe(1_500);
    expect(waitMs(fullBucket(rate, 1_000), rate, 1, 1_000)).toBe(0);
  });
});

describe("who says too much", () => {
  it("[R12] may send what was kept in an hour without a network at once", async () => {
    const { candidate } = await openExam();
    const { acks, slowDown } = await send(candidate, 1, 1_800);
    expect(slowDown).toBeNull();
    expect(acks).toHaveLength(1_800);
  });

  it("[R12] is asked to slow down, and nothing is done from there on until that command comes again", async () => {
    const { stub, candidate } = await openExam();
    const { slowDown } = await send(candidate, 1, 2_100);
    expect(slowDown).toEqual({ type: "slowDown", id: "c2001", retryAfterMs: 5_000 });
    const done = await storedLog(stub);
    // Time has come for more, but a later command must not overtake the one that was not done.
    pass(5_000);
    candidate.sendRaw(flagging("c2050"));
    const { acks } = await send(candidate, 2_001, 2_100);
    expect(acks).toEqual(Array.from({ length: 100 }, (_, index) => `c${2_001 + index}`));
    expect(await storedLog(stub)).toHaveLength(done.length + 100);
  });

  it("[R12] is closed with a reason when it goes on all the same", async () => {
    const { stub, candidate } = await openExam();
    await send(candidate, 1, 2_001);
    const done = await storedLog(stub);
    for (let number = 0; number < 1_001; number += 1) candidate.sendRaw(flagging(`more${number}`));
    expect(await candidate.until(() => candidate.closed ?? undefined)).toEqual({
      code: closeCodes.tooMuch,
      reason: "it went on after it was asked to slow down",
    });
    // A new socket does not make it new.
    const again = await asCandidate(stub);
    await again.welcome();
    again.sendRaw(flagging("again"));
    expect(await again.until(() => again.closed ?? undefined)).toMatchObject({ code: closeCodes.tooMuch });
    expect((await storedLog(stub)).filter((text) => text.includes("itemFlagged"))).toHaveLength(
      done.filter((text) => text.includes("itemFlagged")).length,
    );
  });

  it("[R12] is not heard with questions for the clock either", async () => {
    const { candidate } = await openExam();
    await send(candidate, 1, 1_990);
    const before = candidate.came.length;
    for (let number = 0; number < 100; number += 1)
      candidate.sendRaw(JSON.stringify({ type: "clock", sentAt: number }));
    await send(candidate, 1_991, 1_991);
    const answers = candidate.came.slice(before).filter(({ type }) => type === "clock");
    expect(answers.length).toBeGreaterThan(0);
    expect(answers.length).toBeLessThan(20);
  });

  it("[R12] holds up nobody else", async () => {
    const { stub, candidate } = await openExam();
    const other = await asCandidate(stub, grace, gracesBrowser);
    await other.welcome();
    await send(candidate, 1, 2_001);
    for (let number = 0; number < 900; number += 1) candidate.sendRaw(flagging(`more${number}`));
    // Refused by the law of an exam that is not open, and answered at once all the same.
    expect(await other.do({ type: "requestAdmission" })).toMatchObject({ accepted: false });
    expect(candidate.closed).toBeNull();
  });

  it("[R12] as a proctor may say something to everybody in a large room, and is asked to slow down after that", async () => {
    const { proctor } = await openExam();
    const said = (id: string): string =>
      JSON.stringify({ type: "command", id, attemptId: ada, command: { type: "resume" } });
    for (let number = 1; number <= 2_001; number += 1) proctor.sendRaw(said(`p${number}`));
    expect(await proctor.next("slowDown")).toEqual({ type: "slowDown", id: "p2001", retryAfterMs: 2_000 });
    // It can still say that it reads: otherwise it would be taken for one that does not.
    proctor.sendRaw(JSON.stringify({ type: "heard", mark: 1 }));
    pass(2_000);
    proctor.sendRaw(said("p2001"));
    const acks = (): readonly string[] =>
      proctor.came.flatMap((down) => (down.type === "acks" ? down.acks.map(({ id }) => id) : []));
    await proctor.until(() => (acks().includes("p2001") ? true : undefined));
    expect(acks().slice(-2)).toEqual(["p2000", "p2001"]);
    expect(proctor.closed).toBeNull();
  });
});

describe("who opens too many sockets", () => {
  it("[R13] is turned away, and may come back later, as others may all the time", async () => {
    const stub = await openRoom();
    stopTime();
    let last = await asCandidate(stub);
    for (let count = 1; count < 30; count += 1) last = await asCandidate(stub);
    await last.welcome();
    const refused = await asCandidate(stub);
    expect(await refused.until(() => refused.closed ?? undefined)).toEqual({
      code: closeCodes.tooMuch,
      reason: "opened too often",
    });
    // The one that is there is not closed for it.
    await settled(last);
    await (await asCandidate(stub, grace, gracesBrowser)).welcome();
    pass(2_000);
    await (await asCandidate(stub)).welcome();
  });

  it("[R13] has eight consoles at most: the oldest closes", async () => {
    const stub = await openRoom();
    const consoles: ProctorLine[] = [];
    for (let count = 0; count < 9; count += 1) {
      const line = await asProctor(stub);
      await line.welcome();
      consoles.push(line);
    }
    const [oldest, ...others] = consoles;
    expect(await oldest!.until(() => oldest!.closed ?? undefined)).toMatchObject({ code: closeCodes.replaced });
    for (const line of others) await settled(line);
  });

  it("[R13] has eight pages at most that read beside the one that writes, which stays", async () => {
    const stub = await openRoom();
    const writer = await asCandidate(stub);
    const reader = (page: number) => asCandidate(stub, ada, undefined, { page: `page-${page}`, isReading: true });
    await bringTo("open", writer, await asProctor(stub));
    const readers: CandidateLine[] = [];
    for (let page = 0; page < 9; page += 1) {
      const line = await reader(page);
      await line.welcome();
      readers.push(line);
    }
    const [oldest, ...others] = readers;
    expect(await oldest!.until(() => oldest!.closed ?? undefined)).toMatchObject({ code: closeCodes.replaced });
    for (const line of [writer, ...others]) await settled(line);
  });
});

describe("a message that is made to cost", () => {
  it("[R14] nested without end is closed at its first brackets", async () => {
    const { stub, candidate, proctor } = await openExam();
    const before = await storedLog(stub);
    for (const line of [candidate, proctor]) {
      line.sendRaw("[".repeat(60_000));
      expect(await line.until(() => line.closed ?? undefined)).toEqual({
        code: closeCodes.badMessage,
        reason: "nested too deep",
      });
    }
    const back = await asCandidate(stub);
    back.sendRaw(`{"type":"command","id":"deep","command":${'{"a":'.repeat(9)}1${"}".repeat(9)}}`);
    expect(await back.until(() => back.closed ?? undefined)).toMatchObject({ reason: "nested too deep" });
    expect((await storedLog(stub)).length - before.length).toBeLessThanOrEqual(3);
  });

  it("[R14] may have any brackets in its text", async () => {
    const { candidate } = await openExam();
    const text = `${"[{".repeat(100)}"\\"${"[".repeat(100)}`;
    expect(await candidate.do({ type: "sendMessage", text })).toMatchObject({ accepted: true });
  });
});
