/** Longer (ms) than a computer takes for one statement; that it was merely busy is over before the policy's window. */
const longPauseMs = 600;
/** What one look counts at most (ms): after a sleep of the page the first look comes late, and before the answers. */
const longestStepMs = 500;

export type PauseWatch = {
  /** The worker is about to come to its breakpoint. */
  readonly reaches: () => void;
  /** The worker went on, after so long (ms) by its own clock. */
  readonly passes: (tookMs: number) => void;
  /** To be called four times a second. Returns whether the worker stands at its breakpoint. */
  readonly look: (now: number) => boolean;
};

/**
 * Tells from a worker with a breakpoint whether somebody's debugger holds it there. Without one it passes at once; with
 * one it stands still while the page's clock goes on.
 */
export function createPauseWatch(): PauseWatch {
  let isInside = false;
  /** How long the worker has been inside, as far as the page was awake to see it. */
  let insideMs = 0;
  let lookedAt: number | null = null;
  let isHeld = false;
  return {
    reaches() {
      isInside = true;
      insideMs = 0;
    },
    passes(tookMs) {
      // Whoever lets it go on by hand each time is seen as well. The worker's clock includes a sleep, the page's does not.
      isHeld = isInside && insideMs > 0 && tookMs > longPauseMs;
      isInside = false;
    },
    look(now) {
      const step = Math.min(now - (lookedAt ?? now), longestStepMs);
      lookedAt = now;
      if (isInside) insideMs += step;
      if (isInside && insideMs > longPauseMs) isHeld = true;
      return isHeld;
    },
  };
}
