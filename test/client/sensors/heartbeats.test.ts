import { describe, expect, test } from "vitest";
import { createHeartbeats, firstBeatMs, silenceMs } from "#client/sensors/heartbeats.ts";

function newBoard() {
  const told: unknown[] = [];
  let now = 10_000;
  const board = createHeartbeats(
    (sensor, state, reason) => told.push([sensor, state, reason]),
    () => now,
  );
  return {
    told,
    expect: board.expect,
    /** Time goes by, with a look each half second. */
    pass: (ms: number, eachHalfSecond: () => void = () => {}): void => {
      for (const end = now + ms; now < end;) {
        now += 500;
        eachHalfSecond();
        board.look();
      }
    },
    /** Time goes by that nobody on the page sees, until one late look. */
    sleep: (ms: number): void => {
      now += ms;
      board.look();
    },
  };
}

describe("heartbeats", () => {
  test("[I40] only a change of a sensor's state, or of its reason, is told", () => {
    const { told, expect: expectBeats } = newBoard();
    const beat = expectBeats("faces");
    for (const _ of [1, 2, 3]) beat("working");
    for (const _ of [1, 2]) beat("degraded", "slow");
    beat("lost", "no-input");
    beat("lost", "could-not-work");
    beat("working");
    expect(told).toEqual([
      ["faces", "working", null],
      ["faces", "degraded", "slow"],
      ["faces", "lost", "no-input"],
      ["faces", "lost", "could-not-work"],
      ["faces", "working", null],
    ]);
  });

  test("[I42] a sensor that was silent for four seconds is lost, and is told so within five", () => {
    const { told, pass, expect: expectBeats } = newBoard();
    const beat = expectBeats("camera");
    beat("working");
    pass(silenceMs);
    expect(told).toEqual([["camera", "working", null]]);
    pass(500);
    expect(told.at(-1)).toEqual(["camera", "lost", "no-answer"]);
    pass(60_000);
    expect(told).toHaveLength(2);
    beat("working");
    expect(told.at(-1)).toEqual(["camera", "working", null]);
  });

  test("the time before a beat is not counted as silence after it", () => {
    const { told, pass, expect: expectBeats } = newBoard();
    const beat = expectBeats("camera");
    pass(10_000, () => beat("working"));
    pass(silenceMs - 500);
    beat("working");
    pass(silenceMs);
    expect(told).toEqual([["camera", "working", null]]);
  });

  test("one silent sensor does not make another lost", () => {
    const { told, pass, expect: expectBeats } = newBoard();
    const page = expectBeats("page");
    expectBeats("faces")("working");
    pass(6_000, () => page("working"));
    expect(told).toEqual([
      ["faces", "working", null],
      ["page", "working", null],
      ["faces", "lost", "no-answer"],
    ]);
  });

  test("[I43] a page that slept, or whose timers are throttled, does not make its sensors lost", () => {
    const { told, sleep, expect: expectBeats } = newBoard();
    const beat = expectBeats("page");
    beat("working");
    sleep(3_600_000);
    beat("working");
    for (const _ of Array.from({ length: 10 })) {
      sleep(60_000);
      beat("working");
    }
    expect(told).toEqual([["page", "working", null]]);
  });

  test("a sensor that is still loading has longer for its first beat, but not for ever", () => {
    const { told, pass, expect: expectBeats } = newBoard();
    expectBeats("head");
    pass(firstBeatMs);
    expect(told).toEqual([]);
    pass(500);
    expect(told).toEqual([["head", "lost", "no-answer"]]);
  });

  test("a sensor that this computer has no means for need not beat", () => {
    const { told, pass, expect: expectBeats } = newBoard();
    expectBeats("displays")("not-available", "not-supported");
    pass(60_000);
    expect(told).toEqual([["displays", "not-available", "not-supported"]]);
  });
});
