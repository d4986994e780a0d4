import type { AttemptId } from "#domain/exam/ids.ts";
import type { EpochMs } from "#domain/integrity/signal.ts";

/** After this long, what time alone should have done to an attempt and could not be stored is tried again. */
const retryMs = 5_000;

/** The object's one alarm. It is a projection of state: the earliest moment at which time alone changes something. */
export function createAlarm(storage: DurableObjectStorage) {
  const wakes = new Map<AttemptId, EpochMs | null>();
  let setFor: EpochMs | null = null;

  return {
    /** When time alone next changes the attempt; null when nothing of it waits for the clock. */
    expect(attemptId: AttemptId, at: EpochMs | null): void {
      wakes.set(attemptId, at);
    },
    /** The attempt was due and could not be stored. In memory only: an object that starts anew tries at once. */
    postpone(attemptId: AttemptId, now: EpochMs): void {
      wakes.set(attemptId, now + retryMs);
    },
    due(now: EpochMs): readonly AttemptId[] {
      return [...wakes].filter(([, at]) => at !== null && at <= now).map(([attemptId]) => attemptId);
    },
    /** The runtime forgets an alarm that has rung. */
    hasRung(): void {
      setFor = null;
    },
    /** Sets it to the earliest of all that waits. An alarm that nobody waits for any more rings for nothing, once. */
    set(others: readonly (EpochMs | null)[]): void {
      const next = earliest([...wakes.values(), ...others]);
      if (next === null || next === setFor) return;
      setFor = next;
      // Storage is written through the output gate; there is nothing to wait for here.
      void storage.setAlarm(Math.max(next, Date.now()));
    },
  };
}

function earliest(moments: readonly (EpochMs | null)[]): EpochMs | null {
  return moments.reduce((first, at) => (first === null || (at !== null && at < first) ? at : first), null);
}
