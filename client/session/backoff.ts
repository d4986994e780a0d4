const firstMs = 500;
const longestMs = 15_000;

/**
 * How long to wait before the next try, after `failures` in a row (1 for the first). It doubles up to 15 s, and half of it
 * is chance, so that a room of candidates does not come back in one instant. `random` is in [0, 1).
 */
export function backoffMs(failures: number, random: number): number {
  const whole = Math.min(longestMs, firstMs * 2 ** Math.max(0, failures - 1));
  return Math.round(whole / 2 + (whole / 2) * random);
}
