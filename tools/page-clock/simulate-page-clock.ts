import { createClock } from "#client/session/clock.ts";

/** Times are milliseconds. `driftPpm`: how much faster the device's clock runs, in millionths. */
export type Line = { readonly leastWayMs: number; readonly jitterMs: number; readonly driftPpm: number };

/** As client/session/connection.ts asks: five times when it comes, then once a minute. */
const firstQuestions = 5;
const betweenFirstMs = 150;
const everyMs = 60_000;

/**
 * How far the page's clock is from the server's, each second of an exam, in milliseconds. Every question takes its own
 * time on the way there and another on the way back, from `leastWayMs` to `jitterMs` more. `random` gives 0 to 1.
 */
export function simulatePageClock(
  examMs: number,
  { leastWayMs, jitterMs, driftPpm }: Line,
  random: () => number,
): readonly number[] {
  // The server's clock: the truth. The device's monotonic clock began at another moment and runs a little fast.
  const began = 1_800_000_000_000;
  let now = began;
  const device = (): number => (now - began) * (1 + driftPpm / 1_000_000) + 4_321;
  const clock = createClock(device);
  const way = (): number => leastWayMs + random() * jitterMs;

  function ask(): void {
    const question = clock.question();
    now += way();
    const serverNow = Math.floor(now);
    now += way();
    clock.answer({ type: "clock", sentAt: question.sentAt, serverNow });
  }

  for (let each = 0; each < firstQuestions; each += 1) {
    ask();
    now += betweenFirstMs;
  }
  const errors: number[] = [];
  let askedAt = now;
  while (now < began + examMs) {
    now += 1_000;
    errors.push(Math.abs((clock.serverNow() ?? Infinity) - now));
    if (now < askedAt + everyMs) continue;
    askedAt = now;
    ask();
  }
  return errors;
}

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
