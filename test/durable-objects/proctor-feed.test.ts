import { runInDurableObject } from "cloudflare:test";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { ProctorDown } from "#protocol/session/down.ts";
import { closeCodes, longestMessage } from "#protocol/session/version.ts";
import {
  ada,
  asCandidate,
  asProctor,
  bringTo,
  type CandidateLine,
  evict,
  openRoom,
  type ProctorLine,
  type Stub,
} from "#test/support/session-room.ts";

afterEach(() => void vi.useRealTimers());

async function openExam() {
  const stub = await openRoom();
  const candidate = await asCandidate(stub);
  const proctor = await asProctor(stub);
  await bringTo("open", candidate, proctor);
  // What a proctor does is told at once, and with it all that waits: nothing of the beginning comes later.
  await proctor.do(ada, { type: "addTime", ms: 1, reason: "A late beginning" });
  return { stub, candidate, proctor };
}

function tilesIn(downs: readonly ProctorDown[]) {
  return downs.flatMap((down) => (down.type === "tiles" ? down.tiles : []));
}

function positionsIn(downs: readonly ProctorDown[]): readonly number[] {
  return downs.flatMap((down) => {
    if (down.type === "feed") return down.entries.map(({ position }) => position);
    return down.type === "welcome" ? down.feed.map(({ position }) => position) : [];
  });
}

/** Says something to the proctor, which the feed shows. */
async function write(candidate: CandidateLine, text: string): Promise<void> {
  expect(await candidate.do({ type: "sendMessage", text })).toMatchObject({ accepted: true });
}

function textsIn(downs: readonly ProctorDown[]): readonly string[] {
  return downs.flatMap((down) =>
    down.type === "feed" ? down.entries.flatMap(({ fact }) => (fact.type === "messageSent" ? [fact.text] : [])) : [],
  );
}

/** Time stands still from here on, but for what `pass` lets through. */
function stopTime(): void {
  vi.useFakeTimers({ toFake: ["Date", "setTimeout", "clearTimeout"], now: Date.now() });
}

async function pass(stub: Stub, ms: number): Promise<void> {
  await runInDurableObject(stub, () => vi.advanceTimersByTime(ms));
}

/** What the session has said so far has come when the answer to a question after it has. */
async function settled(proctor: ProctorLine): Promise<void> {
  const from = proctor.came.length;
  proctor.sendRaw(JSON.stringify({ type: "clock", sentAt: 0 }));
  await proctor.next("clock", from);
}

describe("what consoles are told", () => {
  it("[R15] goes at once after a quiet moment, and then together: the latest tile alone, and all of the feed", async () => {
    const { stub, candidate, proctor } = await openExam();
    stopTime();
    await pass(stub, 100);
    const from = proctor.came.length;
    await write(candidate, "Hello?");
    await settled(proctor);
    expect(tilesIn(proctor.came.slice(from))).toMatchObject([{ attemptId: ada, online: true }]);

    const merged = proctor.came.length;
    for (const text of ["one", "two", "three"]) await write(candidate, text);
    await settled(proctor);
    expect(proctor.came.slice(merged).map(({ type }) => type)).toEqual(["clock"]);
    await pass(stub, 100);
    await settled(proctor);
    const came = proctor.came.slice(merged);
    expect(came.filter(({ type }) => type === "tiles" || type === "feed")).toHaveLength(2);
    expect(textsIn(came)).toEqual(["one", "two", "three"]);
    expect(tilesIn(came)).toHaveLength(1);
  });

  it("[R15] waits for nothing when a proctor has done it, nor does the candidate's socket", async () => {
    const { stub, candidate, proctor } = await openExam();
    stopTime();
    await pass(stub, 100);
    await write(candidate, "Excuse me.");
    await settled(proctor);
    const from = proctor.came.length;
    const heard = candidate.came.length;
    await proctor.do(ada, { type: "addTime", ms: 60_000, reason: "The fire alarm" });
    await candidate.next("changed", heard);
    await settled(proctor);
    expect(tilesIn(proctor.came.slice(from))).toHaveLength(1);
  });

  it("[R15] comes once: what waits when a console opens is in its welcome", async () => {
    const { stub, candidate, proctor } = await openExam();
    stopTime();
    await write(candidate, "Excuse me.");
    const late = await asProctor(stub);
    await late.welcome();
    await pass(stub, 100);
    await settled(late);
    expect(new Set(positionsIn(late.came)).size).toBe(positionsIn(late.came).length);
    await settled(proctor);
    expect(positionsIn(proctor.came)).toEqual(positionsIn(late.came));
  });

  it("[R15] is not lost when the object ends before it was sent", async () => {
    const { stub, candidate, proctor } = await openExam();
    stopTime();
    for (const text of ["one", "two"]) await write(candidate, text);
    await settled(proctor);
    expect(textsIn(proctor.came)).toEqual([]);
    await evict(stub);
    await proctor.do(ada, { type: "sendMessage", text: "three" });
    await proctor.until(() => (textsIn(proctor.came).includes("three") ? true : undefined));
    expect(textsIn(proctor.came)).toEqual(["one", "two", "three"]);
  });
});

/** A message as long as one may be, so that a console that does not read is soon far behind. */
const long = "x".repeat(longestMessage);

/** Far more than may be on its way to a console: every message is in the feed and in the tile's conversation. */
async function outrun(stub: Stub, candidate: CandidateLine): Promise<void> {
  for (let count = 0; count < 30; count += 1) {
    await write(candidate, long);
    await pass(stub, 100);
  }
}

async function withSlowReader() {
  const room = await openExam();
  const slow = await asProctor(room.stub);
  await settled(slow);
  stopTime();
  await pass(room.stub, 2_000);
  slow.isReading = false;
  return { ...room, slow };
}

/** The console reads on, and says so. */
async function readAgain(slow: ProctorLine): Promise<void> {
  slow.isReading = true;
  const mark = slow.came.findLast((down) => down.type === "mark");
  slow.sendRaw(JSON.stringify({ type: "heard", mark: mark?.mark }));
  await settled(slow);
  // Where much came after that mark there was another behind it, and the rest follows its answer.
  await settled(slow);
}

function contentOf(downs: readonly ProctorDown[]): readonly ProctorDown[] {
  return downs.filter(({ type }) => type === "tiles" || type === "feed");
}

describe("a console that does not read", () => {
  it("[R16] is sent so much and no more, and what it missed in one piece when it reads again", async () => {
    const { stub, candidate, proctor, slow } = await withSlowReader();
    const from = slow.came.length;
    await outrun(stub, candidate);
    await settled(slow);
    const told = contentOf(slow.came.slice(from));
    expect(JSON.stringify(told).length).toBeGreaterThan(100_000);
    expect(JSON.stringify(told).length).toBeLessThan(350_000);
    // The others go on, and the one who does not read costs nothing more.
    await settled(proctor);
    expect(textsIn(proctor.came)).toHaveLength(30);

    const missed = slow.came.length;
    await readAgain(slow);
    const caughtUp = contentOf(slow.came.slice(missed));
    expect(caughtUp.map(({ type }) => type)).toEqual(["tiles", "feed"]);
    expect(tilesIn(caughtUp)).toEqual(tilesIn(proctor.came).slice(-1));
    expect(positionsIn(slow.came)).toEqual(positionsIn(proctor.came));

    await pass(stub, 2_000);
    await write(candidate, "after");
    await settled(slow);
    expect(textsIn(slow.came).at(-1)).toBe("after");
  });

  it("[R16] is waited for after five seconds, however little it was sent", async () => {
    const { stub, candidate, slow } = await withSlowReader();
    await write(candidate, "one");
    await pass(stub, 5_001);
    await write(candidate, "two");
    await settled(slow);
    expect(textsIn(slow.came)).toEqual(["one"]);
    await readAgain(slow);
    expect(textsIn(slow.came)).toEqual(["one", "two"]);
  });

  it("[R16] is still waited for after the object slept, and misses nothing by it", async () => {
    const { stub, candidate, slow } = await withSlowReader();
    await outrun(stub, candidate);
    await write(candidate, "last words before the sleep");
    await evict(stub);
    const from = slow.came.length;
    await pass(stub, 200);
    await write(candidate, "first words after it");
    await settled(slow);
    expect(contentOf(slow.came.slice(from))).toEqual([]);
    await readAgain(slow);
    expect(textsIn(slow.came)).toHaveLength(32);
    expect(new Set(positionsIn(slow.came)).size).toBe(positionsIn(slow.came).length);
  });

  it("[R16] is closed with a reason after a minute, and has everything when it comes back", async () => {
    const { stub, candidate, slow } = await withSlowReader();
    await write(candidate, "one");
    await pass(stub, 60_001);
    await write(candidate, "two");
    expect(await slow.until(() => slow.closed ?? undefined)).toEqual({
      code: closeCodes.tooSlow,
      reason: "nothing was read for a minute",
    });
    const back = await asProctor(stub, positionsIn(slow.came).at(-1));
    const { feed, tiles } = await back.welcome();
    expect(textsIn([{ type: "feed", entries: feed }])).toEqual(["two"]);
    expect(tiles.find(({ attemptId }) => attemptId === ada)?.view.messages).toHaveLength(2);
  });
});
