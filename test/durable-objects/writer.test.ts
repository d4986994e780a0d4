import { describe, expect, it } from "vitest";
import { policyNamed } from "#domain/integrity/policy.ts";
import { closeCodes } from "#protocol/session/version.ts";
import { firstAid } from "#test/domain/exam/first-aid.ts";
import {
  ada,
  adasBrowser,
  asCandidate,
  asProctor,
  bringTo,
  type CandidateLine,
  evict,
  openRoom,
  storedLog,
  type Stub,
} from "#test/support/session-room.ts";

const recovery = firstAid.sections[0]!.items[0]!.id;
const passed = { camera: "passed", microphone: "passed", screen: "passed", fullScreen: "passed" } as const;

function answer(option: "side" | "back" | "sitting") {
  return { type: "saveAnswer", itemId: recovery, response: { kind: "single-choice", option }, agoMs: 0 } as const;
}

function page(stub: Stub, name: string, isReading = false): Promise<CandidateLine> {
  return asCandidate(stub, ada, adasBrowser, { page: name, isReading });
}

async function openExam(takeOver: "candidate" | "proctor" = "proctor") {
  const stub = await openRoom({ exam: { ...firstAid, durationMs: 3_600_000, takeOver } });
  const first = await page(stub, "first");
  const proctor = await asProctor(stub);
  await bringTo("open", first, proctor);
  return { stub, first, proctor };
}

async function factsOf(stub: Stub): Promise<readonly { type: string; page?: string; how?: string }[]> {
  return (await storedLog(stub)).map((text) => JSON.parse(text).fact);
}

describe("a second page of the same browser", () => {
  it("[A120] reads what is there, hears the answers as they come, and changes nothing", async () => {
    const { stub, first } = await openExam();
    const second = await page(stub, "second");
    const { view } = await second.welcome();
    expect(view).toMatchObject({
      writer: { page: "first" },
      answers: { [recovery]: { response: { option: "side" } } },
    });
    expect(await second.do(answer("back"))).toEqual({ accepted: false, refusal: "not-the-writer" });
    expect(await first.do(answer("sitting"))).toMatchObject({ accepted: true });
    const heard = await second.until(() =>
      second.came.find((down) => down.type === "changed" && down.parts.answers !== undefined),
    );
    expect(heard).toMatchObject({ parts: { answers: { [recovery]: { response: { option: "sitting" } } } } });
    // [R4] The page that gave the answer is not told it again.
    expect(first.came.some((down) => down.type === "changed" && down.parts.answers !== undefined)).toBe(false);
    expect(first.closed).toBeNull();
  });

  it("[I55] is noted when it comes, and not again when its line comes back", async () => {
    const integrity = policyNamed("standard");
    const stub = await openRoom({ exam: { ...firstAid, durationMs: 3_600_000, integrity } });
    await bringTo("open", await page(stub, "first"), await asProctor(stub));
    const second = await page(stub, "second");
    await second.welcome();
    second.close();
    const again = await page(stub, "second", true);
    await again.welcome();
    const noted = (await storedLog(stub)).filter((text) => text.includes('"kind":"second-session"'));
    expect(noted).toHaveLength(1);
  });

  it("[A122] takes over: both are told, the proctor too, and the first one reads from then on", async () => {
    const { stub, first, proctor } = await openExam();
    const second = await page(stub, "second");
    await second.welcome();
    expect(await second.do({ type: "takeOver" })).toMatchObject({ accepted: true });
    const told = await first.until(() => first.came.find((down) => down.type === "changed" && down.parts.writer));
    expect(told).toMatchObject({ parts: { writer: { page: "second" } } });
    expect(await first.do(answer("back"))).toEqual({ accepted: false, refusal: "not-the-writer" });
    expect(await second.do(answer("sitting"))).toMatchObject({ accepted: true });
    const fed = await proctor.until(() => {
      const entries = proctor.came.flatMap((down) => (down.type === "feed" ? down.entries : []));
      return entries.find(({ fact }) => fact.type === "writerChanged");
    });
    expect(fed.fact).toMatchObject({ how: "taken-over" });
  });

  it("[A129] a command that its page might not write is taken under the same id once it may", async () => {
    const { stub, first } = await openExam();
    const second = await page(stub, "second");
    await second.welcome();
    expect(await second.do(answer("back"), "kept")).toMatchObject({ accepted: false });
    await second.do({ type: "takeOver" });
    expect(await second.do(answer("back"), "kept")).toMatchObject({ accepted: true });
    expect(first.closed).toBeNull();
  });

  it("[R7] is what it was after the object slept: the reader reads and the writer writes", async () => {
    const { stub, first } = await openExam();
    const second = await page(stub, "second");
    await second.welcome();
    await evict(stub);
    expect(await second.do(answer("back"))).toEqual({ accepted: false, refusal: "not-the-writer" });
    expect(await first.do(answer("sitting"))).toMatchObject({ accepted: true });
    await second.do({ type: "takeOver" });
    await evict(stub);
    expect(await first.do(answer("back"))).toEqual({ accepted: false, refusal: "not-the-writer" });
    expect(await second.do(answer("side"))).toMatchObject({ accepted: true });
  });

  it("[A123] keeps nobody connected: the page that writes is missed when it goes", async () => {
    const { stub, first, proctor } = await openExam();
    const second = await page(stub, "second");
    await second.welcome();
    first.close();
    const tile = await proctor.until(() => {
      const tiles = proctor.came.flatMap((down) => (down.type === "tiles" ? down.tiles : []));
      return tiles.find(({ attemptId, online }) => attemptId === ada && !online);
    });
    expect(tile.view.conditions).toContain("connection-lost");
    await second.do({ type: "takeOver" });
    expect((await stub.record(ada))?.attempt).toMatchObject({ file: { conditions: [], writing: { page: "second" } } });
  });
});

describe("the page that writes", () => {
  it("[A121] comes back before its old line is seen dead, is the writer, and leaves no word in the log", async () => {
    const { stub, first } = await openExam();
    const before = await factsOf(stub);
    const again = await page(stub, "first");
    expect(await first.until(() => first.closed ?? undefined)).toMatchObject({ code: closeCodes.replaced });
    expect(await again.do({ type: "flagItem", itemId: recovery, flagged: true })).toMatchObject({ accepted: true });
    expect((await factsOf(stub)).slice(before.length).map(({ type }) => type)).toEqual(["itemFlagged"]);
  });

  it("[A121] is another one when the first has gone", async () => {
    const { stub, first, proctor } = await openExam();
    first.close();
    await proctor.until(() =>
      proctor.came
        .flatMap((down) => (down.type === "tiles" ? down.tiles : []))
        .find(({ attemptId, online }) => attemptId === ada && !online),
    );
    const back = await page(stub, "after-the-crash");
    expect(await back.do(answer("back"))).toMatchObject({ accepted: true });
    expect((await factsOf(stub)).filter(({ type }) => type === "writerChanged")).toEqual([
      { type: "writerChanged", page: "first", how: "first" },
      { type: "writerChanged", page: "after-the-crash", how: "came-back" },
    ]);
  });

  it("[A121] is not the reader whose line broke with it and came back sooner", async () => {
    const { stub, first } = await openExam();
    first.close();
    await first.until(() => first.closed ?? undefined);
    const reader = await page(stub, "second", true);
    expect(await reader.do(answer("back"))).toEqual({ accepted: false, refusal: "not-the-writer" });
    const again = await page(stub, "first");
    expect(await again.do(answer("back"))).toMatchObject({ accepted: true });
  });
});

describe("another browser", () => {
  const laptop = "browser-of-the-laptop";

  it("[A125] asks, is allowed, and goes on with everything after a fresh check; the first one is out", async () => {
    const { stub, first, proctor } = await openExam();
    expect(await stub.goOnElsewhere(ada, laptop)).toMatchObject({ way: { kind: "asked" } });
    const tile = await proctor.until(() => {
      const tiles = proctor.came.flatMap((down) => (down.type === "tiles" ? down.tiles : []));
      return tiles.find(({ view }) => view.takeOver !== null);
    });
    await evict(stub);
    expect(await first.do(answer("back"))).toMatchObject({ accepted: true });
    const request = tile.view.takeOver?.request ?? 0;
    expect(await proctor.do(ada, { type: "allowTakeOver", request })).toMatchObject({ accepted: true });
    // [R28] The socket of the browser before it is closed, and it hears nothing of what comes after.
    expect(await first.until(() => first.closed ?? undefined)).toMatchObject({ code: closeCodes.notAllowed });
    expect(await stub.door(ada, adasBrowser)).toMatchObject({ way: { kind: "ask" }, leftAt: expect.any(Number) });

    const there = await asCandidate(stub, ada, laptop, { page: "there" });
    expect((await there.welcome()).view).toMatchObject({
      checkFirst: true,
      answers: { [recovery]: { response: { option: "back" } } },
    });
    expect(await there.do(answer("sitting"), "kept")).toEqual({ accepted: false, refusal: "check-first" });
    expect(await there.do({ type: "reportDeviceCheck", check: passed })).toMatchObject({ accepted: true });
    expect(await there.do(answer("sitting"), "kept")).toMatchObject({ accepted: true });
  });

  it("[A124] takes over by itself where the exam says so, and the first one is told where it is", async () => {
    const { stub, first, proctor } = await openExam("candidate");
    expect(await stub.door(ada, laptop)).toEqual({ way: { kind: "take-over" }, leftAt: null });
    expect(await stub.goOnElsewhere(ada, laptop)).toEqual({ way: { kind: "in" }, leftAt: null });
    // [R28]
    expect(await first.until(() => first.closed ?? undefined)).toMatchObject({ code: closeCodes.notAllowed });
    expect(await stub.door(ada, adasBrowser)).toMatchObject({ way: { kind: "take-over" } });
    const fed = await proctor.until(() => {
      const entries = proctor.came.flatMap((down) => (down.type === "feed" ? down.entries : []));
      return entries.find(({ fact }) => fact.type === "browserBound");
    });
    expect(fed.fact).toMatchObject({ how: "taken-over" });
    const back = await asCandidate(stub, ada, adasBrowser, { page: "first" });
    expect(await back.until(() => back.closed ?? undefined)).toMatchObject({ code: closeCodes.notAllowed });
  });

  it("[A127] gives still what it recorded while the attempt was its own, and nothing of what came after", async () => {
    const { stub } = await openExam("candidate");
    const startsAt = Date.now();
    const segment = {
      track: "camera",
      run: 0,
      index: 0,
      sha256: "a".repeat(64),
      bytes: 200_000,
      startsAt,
      endsAt: startsAt + 4_000,
    } as const;
    await stub.goOnElsewhere(ada, laptop);
    expect(await stub.standing(ada, adasBrowser)).toBe("left");
    const leftAt = (await stub.door(ada, adasBrowser))?.leftAt ?? 0;
    const after = { ...segment, index: 1, startsAt: leftAt + 1, endsAt: leftAt + 4_000 };
    const refused = { accepted: false, refusal: "another-browser" };
    expect(await stub.storeSegment(ada, adasBrowser, after)).toEqual(refused);
    expect(await stub.storeSegment(ada, adasBrowser, segment)).toMatchObject({ accepted: true });
    expect(await stub.publishMedia(ada, adasBrowser, "sfu-1", ["thumbnail"])).toEqual(refused);
    expect(await stub.storeSegment(ada, "browser-of-mallory", { ...segment, index: 2 })).toEqual(refused);
  });

  it("[R28] that was beside the one that consented is out from then on", async () => {
    const stub = await openRoom();
    const first = await page(stub, "first");
    const other = await asCandidate(stub, ada, laptop, { page: "other" });
    await bringTo("consented", first, await asProctor(stub));
    expect(await other.until(() => other.closed ?? undefined)).toMatchObject({ code: closeCodes.notAllowed });
  });
});
