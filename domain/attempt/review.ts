import { policyOf } from "../integrity/policy.ts";
import type { EpochMs } from "../integrity/signal.ts";
import type { Actor } from "./actor.ts";
import type { StaffCommand } from "./command.ts";
import { accept, type Context, type Decision, refuse } from "./decision.ts";
import type { AttemptEvent, AttemptFact } from "./event.ts";
import type { Registered } from "./state.ts";

/** What people make of a result that was held. A voided score is kept, and is not to be used. */
export const reviewVerdicts = ["stands", "voided"] as const;
export type ReviewVerdict = (typeof reviewVerdicts)[number];

/** What one person decided of a hold, and why. */
export type ReviewDecision = {
  readonly by: Actor;
  readonly at: EpochMs;
  readonly verdict: ReviewVerdict;
  readonly reason: string;
};

/**
 * Why a result waits for people, since when, and for how many of them. `violation` is the number of its event, null where
 * a person held it. `outcome` is the decision that settled it, null while it is held.
 */
export type Hold = {
  readonly at: EpochMs;
  readonly by: Actor;
  readonly why: string;
  readonly violation: number | null;
  readonly reviewers: 1 | 2;
  readonly decisions: readonly ReviewDecision[];
  readonly outcome: ReviewDecision | null;
};

/** How a result stands: `held` until people have decided; null where nobody ever held it. */
export type ReviewState = "held" | ReviewVerdict;

type Of<Type extends StaffCommand["type"]> = Extract<StaffCommand, { type: Type }>;
type ReviewFact = Extract<AttemptFact, { type: "heldForReview" | "reviewDecided" }>;

/** The hold of an attempt that is over; null where there is none. */
export function holdOf(attempt: Registered): Hold | null {
  return attempt.status === "handed-in" || attempt.status === "terminated" ? attempt.hold : null;
}

export function reviewStateOf(hold: Hold | null): ReviewState | null {
  return hold === null ? null : (hold.outcome?.verdict ?? "held");
}

/** [A136] Whether a score may be used for anything: nothing holds it, and it was not voided. */
export function isUsable(state: ReviewState | null): boolean {
  return state === null || state === "stands";
}

/** [A131] A person holds the result of an attempt that is over. After an outcome it can be held again [A135]. */
export function holdForReview(attempt: Registered, command: Of<"holdForReview">, { exam }: Context): Decision {
  if (attempt.status !== "handed-in" && attempt.status !== "terminated") return refuse("wrong-status");
  if (reviewStateOf(attempt.hold) === "held") return accept();
  const why = command.reason.trim();
  if (why === "") return refuse("empty-text");
  return accept({ type: "heldForReview", why, violation: null, reviewers: policyOf(exam).reviewers });
}

/**
 * [A132] A person decides of what is held, with a reason, and once [A133]. The decision that settles it is the first
 * where the policy asks for one person, and the second that says the same where it asks for two [A134].
 */
export function decideReview(attempt: Registered, command: Of<"decideReview">, { actor }: Context): Decision {
  const hold = holdOf(attempt);
  if (hold === null) return refuse("not-held");
  const { verdict } = command;
  const reason = command.reason.trim();
  const own = hold.decisions.find(({ by }) => isSamePerson(by, actor));
  if (own?.verdict === verdict && own.reason === reason) return accept();
  if (hold.outcome !== null) return refuse("not-held");
  if (own !== undefined) return refuse("already-decided");
  if (reason === "") return refuse("empty-text");
  const agreeing = hold.decisions.filter((decision) => decision.verdict === verdict).length + 1;
  return accept({ type: "reviewDecided", verdict, reason, settles: agreeing >= hold.reviewers });
}

function isSamePerson(one: Actor, other: Actor): boolean {
  return one.kind === "proctor" && other.kind === "proctor" && one.memberId === other.memberId;
}

/** The hold after one more fact; null when the fact cannot follow on it. */
export function holdAfter(hold: Hold | null, fact: ReviewFact, { at, by }: AttemptEvent): Hold | null {
  if (fact.type === "heldForReview") {
    const { why, violation, reviewers } = fact;
    return { at, by, why, violation, reviewers, decisions: [], outcome: null };
  }
  if (hold === null || hold.outcome !== null) return null;
  const { verdict, reason, settles } = fact;
  const decision = { by, at, verdict, reason };
  return { ...hold, decisions: [...hold.decisions, decision], outcome: settles ? decision : null };
}
