import { afterEach, expect, it, vi } from "vitest";
import { seededRandom, simulatePageClock } from "#tools/page-clock/simulate-page-clock.ts";

const dayMs = 24 * 60 * 60 * 1000;
const anHourMs = 60 * 60 * 1000;

afterEach(() => vi.useRealTimers());

it("keeps the page's clock within 100 ms of the server's, with 200 ms of jitter on a device that is a day off", () => {
  vi.useFakeTimers({ now: Date.now() + dayMs });
  const line = { leastWayMs: 10, jitterMs: 200, driftPpm: 50 };
  for (let seed = 0; seed < 50; seed += 1) {
    const errors = simulatePageClock(anHourMs, line, seededRandom(seed));
    expect(errors.length).toBeGreaterThan(3_000);
    expect(Math.max(...errors)).toBeLessThan(100);
  }
});

it("sees a clock that is wrong: a device that runs one part in a hundred fast is far off before it asks again", () => {
  const errors = simulatePageClock(anHourMs, { leastWayMs: 10, jitterMs: 0, driftPpm: 10_000 }, seededRandom(1));
  expect(Math.max(...errors)).toBeGreaterThan(100);
});
