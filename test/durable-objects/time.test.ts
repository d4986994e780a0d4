import { afterEach, describe, expect, test, vi } from "vitest";
import { firstAid } from "#test/domain/exam/first-aid.ts";
import {
  ada,
  asCandidate,
  asProctor,
  bringTo,
  type CandidateLine,
  evict,
  letTimePass,
  lin,
  openRoom,
  ringAlarm,
  storedLog,
} from "#test/support/session-room.ts";

const minute = 60_000;
const [limited] = firstAid.sections;
if (limited === undefined) throw new Error("the exam has sections");
const timed = {
  ...firstAid,
  durationMs: 60 * minute,
  timing: { breaks: { count: 1, longestMs: 5 * minute }, outageCreditMs: 10 * minute },
};
const withLimit = {
  ...timed,
  sections: firstAid.sections.map((each) => (each === limited ? { ...each, timeLimitMs: 10 * minute } : each)),
};
afterEach(() => void vi.useRealTimers());

const member = { memberId: lin, name: "Lin" };

async function openExam(exam: typeof timed) {
  const room = await openRoom({ exam });
  const candidate = await asCandidate(room);
  const proctor = await asProctor(room);
  return { room, candidate, proctor };
}

/** The latest view of the attempt's time that came by this line. */
function timeIn({ came }: CandidateLine) {
  const times = came.flatMap((down) => {
    if (down.type === "welcome") return [down.view.time];
    return down.type === "changed" && down.parts.time !== undefined ? [down.parts.time] : [];
  });
  return times.at(-1);
}

describe("what is arranged before the exam", () => {
  test("[A100] [A101] is in the ledger when the paper opens, also after an eviction, and cannot be changed then", async () => {
    const { room, candidate, proctor } = await openExam(timed);
    const accommodations = {
      allowances: [{ kind: "multiplier", factor: 1.25, reason: "Dyslexia" }],
      exceptions: [],
    } as const;
    expect(await room.accommodate(ada, member, accommodations, null)).toMatchObject({
      outcome: { accepted: true },
      arranged: accommodations,
    });
    await evict(room);
    await bringTo("open", candidate, proctor);
    expect(timeIn(candidate)?.entries).toMatchObject([
      { kind: "base", ms: 60 * minute },
      { kind: "allowance", ms: 15 * minute, reason: "Dyslexia", by: "proctor", name: null },
    ]);
    expect(await room.accommodate(ada, member, { allowances: [], exceptions: [] }, null)).toMatchObject({
      outcome: { accepted: false, refusal: "already-open" },
    });
    expect(await room.accommodations()).toMatchObject([accommodations]);
  });
});

describe("a break", () => {
  test("[A108] [A109] hides the paper, and ends by the alarm after an eviction with the time given back", async () => {
    const { room, candidate, proctor } = await openExam(timed);
    await bringTo("open", candidate, proctor);
    const before = timeIn(candidate)?.endsAt;
    const beforeBreak = candidate.came.length;
    expect(await candidate.do({ type: "startBreak" })).toMatchObject({ accepted: true });
    expect((await candidate.next("changed", beforeBreak)).parts).toMatchObject({ status: "paused", paper: null });
    await letTimePass(room, 5 * minute + 1000);
    const from = candidate.came.length;
    await ringAlarm(room);
    const changed = await candidate.next("changed", from);
    expect(changed.parts).toMatchObject({ status: "open", breaks: { left: 0, until: null } });
    // The log was moved back by five minutes and a second; the break gave back its five.
    expect(timeIn(candidate)?.endsAt).toBe((before ?? 0) - 1000);
    expect(await candidate.do({ type: "startBreak" })).toEqual({ accepted: false, refusal: "no-break-left" });
    expect((await storedLog(room)).filter((text) => text.includes('"break'))).toHaveLength(3);
  });
});

describe("a section with a time limit", () => {
  test("[A112] [A113] is shut, opens, and is over by the alarm", async () => {
    const { room, candidate, proctor } = await openExam(withLimit);
    await bringTo("open", candidate, proctor).catch(() => {});
    const visit = { type: "visitItem", itemId: limited.items[0]!.id } as const;
    expect(await candidate.do(visit)).toEqual({ accepted: false, refusal: "section-not-entered" });
    await candidate.do({ type: "enterSection", sectionId: limited.id });
    expect(await candidate.do(visit)).toMatchObject({ accepted: true });
    await letTimePass(room, 10 * minute);
    const from = candidate.came.length;
    await ringAlarm(room);
    const changed = await candidate.next("changed", from);
    expect(changed.parts.time?.sections).toMatchObject([{ state: "over" }]);
    expect(changed.parts.paper?.sections[0]?.items).toEqual([]);
    expect(await candidate.do(visit)).toEqual({ accepted: false, refusal: "section-over" });
  });
});

describe("a lost connection", () => {
  test("[A105] is credited when the page is back and says so", async () => {
    const { room, candidate, proctor } = await openExam(timed);
    await bringTo("open", candidate, proctor);
    candidate.close();
    await proctor.until(() =>
      proctor.came.find((down) => down.type === "tiles" && down.tiles.some(({ view }) => view.cutOffSince !== null)),
    );
    await letTimePass(room, 2 * minute);
    const back = await asCandidate(room);
    await back.welcome();
    await back.do({ type: "reportOutage", beganAgoMs: 2 * minute, endedAgoMs: 0 });
    await back.next("changed");
    const credit = timeIn(back)?.entries.at(-1);
    expect(credit).toMatchObject({ kind: "outage", by: "system" });
    expect(credit?.ms).toBeGreaterThan(2 * minute - 5000);
    expect(credit?.ms).toBeLessThanOrEqual(2 * minute);
  });

  test("[A105] is seen although the line still seemed to be there when the page came back", async () => {
    const { room, candidate, proctor } = await openExam(timed);
    await bringTo("open", candidate, proctor);
    const heardBefore = Date.now();
    vi.useFakeTimers({ toFake: ["Date"], now: heardBefore + 20_000 });
    const back = await asCandidate(room);
    await back.welcome();
    await back.do({ type: "reportOutage", beganAgoMs: 18_000, endedAgoMs: 0 });
    await back.next("changed");
    const credit = timeIn(back)?.entries.at(-1);
    expect(credit).toMatchObject({ kind: "outage" });
    expect(credit?.ms).toBeGreaterThan(17_000);
    expect(credit?.ms).toBeLessThanOrEqual(18_000);
  });
});
