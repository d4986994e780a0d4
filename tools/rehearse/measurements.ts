/** What the load sees, as it comes. Times are milliseconds of this computer's monotonic clock. */
export function createMeasurements() {
  let acks: number[] = [];
  let isCounting = false;
  let total = 0;
  const cutOffs = new Map<number, number>();
  const refusals = new Map<string, number>();
  const violations: number[] = [];
  const extensions: number[] = [];
  const pastedAt = new Map<string, number>();
  const givenAt = new Map<string, number>();

  return {
    /** `refusal`: why the command was not done, or null. */
    acknowledged(ms: number, refusal: string | null): void {
      total += 1;
      if (refusal !== null) refusals.set(refusal, (refusals.get(refusal) ?? 0) + 1);
      if (isCounting) acks.push(ms);
    },
    /** `at`: when it was due. One that comes while the one before is still awaited is not measured. */
    pasted(attemptId: string, at: number): void {
      if (!pastedAt.has(attemptId)) pastedAt.set(attemptId, at);
    },
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
    /** The session has closed a socket that its page wanted open. */
    cutOff: (code: number): void => void cutOffs.set(code, (cutOffs.get(code) ?? 0) + 1),
    /** How many sockets were closed by the session, by the code it gave. */
    cutOffs: cutOffs as ReadonlyMap<number, number>,
    refused: (): number => [...refusals.values()].reduce((sum, count) => sum + count, 0),
    /** Each reason and how often it was given. */
    refusals: refusals as ReadonlyMap<string, number>,
    violations: violations as readonly number[],
    extensions: extensions as readonly number[],
  };
}

export type Measurements = ReturnType<typeof createMeasurements>;
