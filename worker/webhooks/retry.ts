const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/** [W6] How long after each failed try the next one is. A queue waits twelve hours at most. */
export const retryDelaysMs = [
  5 * second,
  5 * minute,
  30 * minute,
  2 * hour,
  5 * hour,
  10 * hour,
  12 * hour,
  12 * hour,
  12 * hour,
] as const;

/** [W9] A receiver that took nothing for so long is paused. */
export const patienceMs = 5 * 24 * hour;

/** How long after this many tries, of which the last failed, it is tried again; null: it is not. */
export function retryDelayMs(tries: number): number | null {
  return retryDelaysMs[tries - 1] ?? null;
}
