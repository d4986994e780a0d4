import type { CandidateView } from "#domain/attempt/view.ts";
import type { ItemId } from "#domain/exam/ids.ts";
import type { Response } from "#domain/exam/response.ts";
import type { EpochMs } from "#domain/integrity/signal.ts";

/** An answer that was made on this page and that the session does not have. `at`: when it was made, if that is known. */
export type UnsentAnswer = {
  readonly itemId: ItemId;
  readonly response: Response | null;
  readonly at: EpochMs | null;
};

/**
 * The session reckons when an answer was made from when it came, so that an answer of this very page may seem later than the
 * next one by as long as it was under way. Nobody goes to another page, takes the exam over and answers there within it.
 */
const underWayMs = 5_000;

/**
 * Whether the session has another answer, made later on another page. Sent now, the older one would take its place, so it
 * is shown to the candidate instead.
 */
export function isOvertaken({ itemId, response, at }: UnsentAnswer, answers: CandidateView["answers"]): boolean {
  const there = answers[itemId];
  if (there === undefined || there.at === null || at === null || there.at <= at + underWayMs) return false;
  return !isSame(there.response, response);
}

/** Whether what the session has is one of these answers to the same question, so that a later one of them counts. */
export function hasCome(
  { itemId }: UnsentAnswer,
  waiting: readonly UnsentAnswer[],
  answers: CandidateView["answers"],
): boolean {
  const there = answers[itemId]?.response;
  return waiting.some((answer) => answer.itemId === itemId && there !== undefined && isSame(answer.response, there));
}

/** Of these answers the latest for each question, where the session does not have that very one. */
export function stillUnsent(
  unsent: readonly UnsentAnswer[],
  answers: CandidateView["answers"],
): readonly UnsentAnswer[] {
  const latest = new Map(unsent.map((answer) => [answer.itemId, answer]));
  return [...latest.values()].filter(({ itemId, response }) => !isSame(answers[itemId]?.response ?? null, response));
}

function isSame(one: Response | null, other: Response | null): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
