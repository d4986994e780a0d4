/** Chance that comes again: the same seed draws the same numbers. */
export type Random = {
  /** In [0, 1). */
  readonly next: () => number;
  /** Whole, from `least` to `most`. */
  between(least: number, most: number): number;
  chance(probability: number): boolean;
  pick<const Each>(from: readonly [Each, ...Each[]]): Each;
  pick<Each>(from: readonly Each[]): Each | undefined;
};

/** mulberry32: 32 bits of state, quick, and good enough for drawing lots. */
export function createRandom(seed: number): Random {
  let state = Math.trunc(seed) | 0;

  function next(): number {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  function pick<const Each>(from: readonly [Each, ...Each[]]): Each;
  function pick<Each>(from: readonly Each[]): Each | undefined;
  function pick<Each>(from: readonly Each[]): Each | undefined {
    return from[Math.floor(next() * from.length)];
  }

  return {
    next,
    between: (least, most) => least + Math.floor(next() * (most - least + 1)),
    chance: (probability) => next() < probability,
    pick,
  };
}
