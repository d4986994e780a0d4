import { policyOf, responses } from "../integrity/policy.ts";
import type { Context } from "./decision.ts";
import type { AttemptFact } from "./event.ts";
import type { Registered } from "./state.ts";
import { scored } from "./working.ts";

/**
 * [I12] The facts with what follows from the violations among them: of several the one with the strongest response
 * counts. `atDeadline`: the deadline hands in at this very moment, so nothing is paused any more.
 */
export function withConsequence(
  attempt: Registered,
  facts: readonly AttemptFact[],
  context: Context,
  atDeadline = false,
): readonly AttemptFact[] {
  const strongest = facts
    .flatMap((fact, index) =>
      fact.type === "violationNoted" ? [{ ...fact.violation, seq: attempt.seq + 1 + index }] : [],
    )
    .toSorted((one, other) => responses.indexOf(other.response ?? "log") - responses.indexOf(one.response ?? "log"))[0];
  if (strongest === undefined || attempt.status !== "open") return facts;
  const { seq: violation, told, reason } = strongest;
  switch (strongest.response) {
    case "pause":
      return atDeadline ? facts : [...facts, { type: "paused", reason: told ?? reason, violation }];
    case "hand-in": {
      const { reviewers } = policyOf(context.exam);
      // What was seen, and not how to mend it: it is over.
      const held: AttemptFact = { type: "heldForReview", why: reason, violation, reviewers };
      if (atDeadline) return [...facts, { type: "handedIn", cause: "deadline" }, held];
      return [...facts, { type: "handedIn", cause: "policy" }, scored(attempt.work, context), held];
    }
    default:
      return facts;
  }
}
