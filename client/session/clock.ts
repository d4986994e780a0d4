import type { EpochMs } from "#domain/integrity/signal.ts";
import type { ClockAnswer } from "#protocol/session/down.ts";

/** One question and its answer: how far the server's clock is ahead of our monotonic one, give or take half of `rttMs`. */
type Sample = { readonly offset: number; readonly rttMs: number };

/** Samples that are kept: the quickest of them is the most exact. */
const keptSamples = 8;

/** Beyond what the round trips explain: the computer slept, and the monotonic clock slept with it. */
const jumpMs = 50;

/**
 * The server's time, by the device's monotonic clock and a measured offset. The device's wall clock is never asked: it may
 * be a day off, and it can be changed during an exam.
 */
export type Clock = {
  /** Null until the first word from the server. */
  serverNow(): EpochMs | null;
  /** The server's time as a message brought it, whose way here took an unknown time: only better than nothing. */
  hint(serverNow: EpochMs): void;
  /** The body of a question to the server. */
  question(): { readonly type: "clock"; readonly sentAt: number };
  answer(answer: ClockAnswer): void;
};

export function createClock(monotonicNow: () => number = () => performance.now()): Clock {
  let samples: readonly Sample[] = [];
  let hinted: number | null = null;

  function best(): Sample | null {
    return samples.reduce<Sample | null>(
      (quickest, sample) => (quickest === null || sample.rttMs < quickest.rttMs ? sample : quickest),
      null,
    );
  }

  return {
    serverNow() {
      const offset = best()?.offset ?? hinted;
      return offset === null ? null : Math.round(monotonicNow() + offset);
    },
    hint(serverNow) {
      hinted = serverNow - monotonicNow();
      const measured = best();
      // After a sleep the old samples are wrong, and a welcome is the first to tell.
      if (measured !== null && Math.abs(measured.offset - hinted) > 1000) samples = [];
    },
    question: () => ({ type: "clock", sentAt: monotonicNow() }),
    answer({ sentAt, serverNow }) {
      const now = monotonicNow();
      const rttMs = now - sentAt;
      if (rttMs < 0) return; // a question of the page before this one
      const sample = { offset: serverNow + rttMs / 2 - now, rttMs };
      const measured = best();
      const jumped =
        measured !== null && Math.abs(measured.offset - sample.offset) > measured.rttMs / 2 + sample.rttMs / 2 + jumpMs;
      samples = jumped ? [sample] : [...samples, sample].slice(-keptSamples);
    },
  };
}
