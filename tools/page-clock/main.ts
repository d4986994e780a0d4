import { percentile } from "../rehearse/percentile.ts";
import { seededRandom, simulatePageClock } from "./simulate-page-clock.ts";

const pages = 1_000;
const examMs = 2 * 60 * 60 * 1000;
const line = { leastWayMs: 10, jitterMs: 200, driftPpm: 50 };

// The page's clock never asks the device's wall clock, which a person can set; here it is a day off.
const dayMs = 24 * 60 * 60 * 1000;
const trueNow = Date.now;
Date.now = () => trueNow() + dayMs;

const worstOfEach = Array.from({ length: pages }, (_, seed) =>
  Math.max(...simulatePageClock(examMs, line, seededRandom(seed))),
);
const figures = {
  pages,
  pageClockP50Ms: percentile(worstOfEach, 0.5),
  pageClockP99Ms: percentile(worstOfEach, 0.99),
  pageClockWorstMs: percentile(worstOfEach, 1),
};
process.stdout.write(`${JSON.stringify(figures)}\n`);
