import type { Actor } from "#domain/attempt/actor.ts";
import type { Hold, ReviewState, ReviewVerdict } from "#domain/attempt/review.ts";

/** How a result stands, as a mark beside it. */
export const standingWords: Readonly<Record<ReviewState, string>> = {
  held: "Held for review",
  stands: "Reviewed: stands",
  voided: "Voided",
};

export const verdictWords: Readonly<Record<ReviewVerdict, string>> = {
  stands: "The score stands",
  voided: "The score is voided",
};

/** A member by name; the session and its policy as what they are. */
export function deciderWords(by: Actor): string {
  return by.kind === "proctor" ? by.name : "The exam's policy";
}

/** Who still has to decide, said for a reader of whom it is known whether they have. */
export function openWords({ reviewers, decisions }: Hold, hasDecided: boolean): string {
  if (reviewers === 1) return "One person decides.";
  const need = "Two people have to say the same";
  if (decisions.length === 0) return `${need}. Nobody has decided yet.`;
  if (decisions.length > 1) return `${need}. Two have decided differently, so a third decides.`;
  return hasDecided ? `${need}. You have decided; another person has to, too.` : `${need}. One has decided.`;
}
