/** What the load sees, as it comes. Times are milliseconds of this computer's monotonic clock. */
export function createMeasurements() {
  let acks: number[] = [];
  let isCounting = false;
  let total = 0;
  let refused = 0;
  const violations: number[] = [];
  const extensions: number[] = [];
  const pastedAt = new Map<string, number>();
  const givenAt = new Map<string, number>();

  return {
    acknowledged(ms: number, accepted: boolean): void {
      total += 1;
      if (!accepted) refused += 1;
      if (isCounting) acks.push(ms);
    },
    pasted: (attemptId: string): void => void pastedAt.set(attemptId, performance.now()),
    /** The first console that is told is the one that counts once; the others are told in the same turn. */
    violationCame(attemptId: string): void {
      const at = pastedAt.get(attemptId);
      if (at === undefined) return;
      pastedAt.delete(attemptId);
      violations.push(performance.now() - at);
    },
    timeGiven: (attemptId: string, reason: string): void =>
      void givenAt.set(`${attemptId} ${reason}`, performance.now()),
    timeCame(attemptId: string, reason: string): void {
      const key = `${attemptId} ${reason}`;
      const at = givenAt.get(key);
      if (at === undefined) return;
      givenAt.delete(key);
      extensions.push(performance.now() - at);
    },
    /** From here on acknowledgements are kept; gives those of the time before. */
    count(on: boolean): readonly number[] {
      const before = acks;
      acks = [];
      isCounting = on;
      return before;
    },
    total: (): number => total,
    refused: (): number => refused,
    violations: violations as readonly number[],
    extensions: extensions as readonly number[],
  };
}

export type Measurements = ReturnType<typeof createMeasurements>;
