import type { Context } from "./decision.ts";
import type { AttemptEvent, AttemptFact } from "./event.ts";
import type { Attempt } from "./state.ts";

/** Facts as the events that follow on the attempt: numbered, with the context's time and author. */
export function stamp(attempt: Attempt, facts: readonly AttemptFact[], context: Context): readonly AttemptEvent[] {
  return facts.map((fact, index) => ({
    seq: attempt.seq + 1 + index,
    at: context.now,
    by: context.actor,
    fact,
  }));
}
