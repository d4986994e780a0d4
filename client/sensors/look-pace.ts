const slowest = 4;
/** So many answers in a row must have been slow before models look less often, and quick before they look more often. */
const slowInARow = 2;
const quickInARow = 8;

export type LookPace = {
  /** Called at each regular beat; whether the models look at its picture. */
  readonly isDue: () => boolean;
  /** How long (ms) an answer of the models took. */
  readonly answered: (tookMs: number) => void;
  /** The page's own timer came late: the machine is busy. */
  readonly late: () => void;
  /** Whether models look less often than they should. */
  readonly isSlow: () => boolean;
};

/**
 * How often models look on a slow or hot machine: at every beat, every second or every fourth. An answer that takes more
 * than half of the time until the next is slow; one that would take less than a quarter of it at twice the pace is quick.
 *
 * @param beatMs the time between two beats
 */
export function createLookPace(beatMs: number): LookPace {
  let everyBeats = 1;
  let beatsSince = Number.POSITIVE_INFINITY;
  let slow = 0;
  let quick = 0;

  function wasSlow(): void {
    quick = 0;
    slow += 1;
    if (slow < slowInARow || everyBeats === slowest) return;
    everyBeats *= 2;
    slow = 0;
  }

  return {
    isDue() {
      beatsSince += 1;
      if (beatsSince < everyBeats) return false;
      beatsSince = 0;
      return true;
    },
    answered(tookMs) {
      const intervalMs = everyBeats * beatMs;
      if (tookMs > intervalMs / 2) {
        wasSlow();
        return;
      }
      slow = 0;
      if (everyBeats === 1) return;
      quick = tookMs < intervalMs / 2 / 4 ? quick + 1 : 0;
      if (quick < quickInARow) return;
      everyBeats /= 2;
      quick = 0;
    },
    late: wasSlow,
    isSlow: () => everyBeats > 1,
  };
}
