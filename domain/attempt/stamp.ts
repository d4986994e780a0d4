import { system } from "./actor.ts";
import type { Context } from "./decision.ts";
import type { AttemptEvent, AttemptFact } from "./event.ts";
import type { Attempt } from "./state.ts";

/**
 * Facts as the events that follow on the attempt: numbered, with the context's time and author. What the policy makes of
 * a signal is the session's doing, whoever's message brought it. [I14]
 */
export function stamp(attempt: Attempt, facts: readonly AttemptFact[], context: Context): readonly AttemptEvent[] {
  return facts.map((fact, index) => ({
    seq: attempt.seq + 1 + index,
    at: context.now,
    by: isPolicys(fact) ? system : context.actor,
    fact,
  }));
}

function isPolicys(fact: AttemptFact): boolean {
  switch (fact.type) {
    case "violationNoted":
      return true;
    case "handedIn":
      return fact.cause === "policy";
    case "paused":
      return fact.violation !== undefined;
    case "heldForReview":
      return fact.violation !== null;
    default:
      return false;
  }
}
