import type { EpochMs } from "#domain/integrity/signal.ts";
import type { ClockAnswer } from "#protocol/session/down.ts";

/** How far the server's clock is ahead of our monotonic one, give or take `widthMs`. */
type Estimate = { readonly offset: number; readonly widthMs: number };

/** One question and its answer, by half of whose round trip the offset can be wrong. `at`: of the monotonic clock. */
type Sample = Estimate & { readonly at: number };

/** Samples that are kept: what all of them allow is far less than what the quickest does. */
const keptSamples = 8;

/** A sample says less as it ages: two clocks drift apart by at most this share. Ordinary quartz keeps within 50 ppm. */
const driftShare = 0.0001;

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

  /** The middle of what every sample allows (Marzullo's intersection); null before the first answer. */
  function estimate(): Estimate | null {
    if (samples.length === 0) return null;
    const now = monotonicNow();
    const width = ({ widthMs, at }: Sample): number => widthMs + (now - at) * driftShare;
    const least = Math.max(...samples.map((sample) => sample.offset - width(sample)));
    const most = Math.min(...samples.map((sample) => sample.offset + width(sample)));
    return { offset: (least + most) / 2, widthMs: Math.max(0, most - least) / 2 };
  }

  return {
    serverNow() {
      const offset = estimate()?.offset ?? hinted;
      return offset === null ? null : Math.round(monotonicNow() + offset);
    },
    hint(serverNow) {
      hinted = serverNow - monotonicNow();
      const measured = estimate();
      // After a sleep the old samples are wrong, and a welcome is the first to tell.
      if (measured !== null && Math.abs(measured.offset - hinted) > 1000) samples = [];
    },
    question: () => ({ type: "clock", sentAt: monotonicNow() }),
    answer({ sentAt, serverNow }) {
      const now = monotonicNow();
      const rttMs = now - sentAt;
      if (rttMs < 0) return; // a question of the page before this one
      const sample = { offset: serverNow + rttMs / 2 - now, widthMs: rttMs / 2, at: now };
      const measured = estimate();
      const jumped =
        measured !== null && Math.abs(measured.offset - sample.offset) > measured.widthMs + sample.widthMs + jumpMs;
      samples = jumped ? [sample] : [...samples, sample].slice(-keptSamples);
    },
  };
}
