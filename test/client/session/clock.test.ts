import { beforeEach, describe, expect, it } from "vitest";
import { type Clock, createClock } from "#client/session/clock.ts";

let monotonic = 0;
let clock: Clock;

beforeEach(() => {
  monotonic = 5_000;
  clock = createClock(() => monotonic);
});

/** One question, answered by a server whose clock is `offset` ahead of ours, with a way there and a way back. */
function measure(offset: number, thereMs: number, backMs: number): void {
  const { sentAt } = clock.question();
  monotonic += thereMs;
  const serverNow = monotonic + offset;
  monotonic += backMs;
  clock.answer({ type: "clock", sentAt, serverNow });
}

describe("the server's time", () => {
  it("is not known before the server has spoken", () => {
    expect(clock.serverNow()).toBeNull();
  });

  it("is exact when the ways there and back take equally long", () => {
    measure(1_000_000, 40, 40);
    expect(clock.serverNow()).toBe(monotonic + 1_000_000);
  });

  it("is taken from the quickest round trip", () => {
    measure(1_000_000, 5, 5);
    measure(1_000_000, 10, 190);
    expect(clock.serverNow()).toBe(monotonic + 1_000_000);
  });

  it("is off by at most half of the round trip", () => {
    measure(1_000_000, 0, 80);
    expect(Math.abs((clock.serverNow() ?? 0) - (monotonic + 1_000_000))).toBeLessThanOrEqual(40);
  });

  it("goes on between measurements by the monotonic clock", () => {
    measure(1_000_000, 5, 5);
    monotonic += 60_000;
    expect(clock.serverNow()).toBe(monotonic + 1_000_000);
  });

  it("is measured anew after the computer slept and its clock stood still", () => {
    measure(1_000_000, 5, 5);
    const slept = 30 * 60_000;
    measure(1_000_000 + slept, 20, 20);
    expect(clock.serverNow()).toBe(monotonic + 1_000_000 + slept);
  });

  it("follows a welcome that contradicts old samples by more than a second", () => {
    measure(1_000_000, 5, 5);
    clock.hint(monotonic + 9_000_000);
    expect(clock.serverNow()).toBe(monotonic + 9_000_000);
  });

  it("does not believe the answer to a question of another page", () => {
    measure(1_000_000, 5, 5);
    clock.answer({ type: "clock", sentAt: monotonic + 10_000, serverNow: 3 });
    expect(clock.serverNow()).toBe(monotonic + 1_000_000);
  });
});
