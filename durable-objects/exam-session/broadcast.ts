import { candidateView, changedParts, type CandidateView, proctorView } from "#domain/attempt/view.ts";
import type { Registered } from "#domain/attempt/state.ts";
import type { AttemptFact } from "#domain/attempt/event.ts";
import type { ExamVersion } from "#domain/exam/exam-version.ts";
import type { AttemptId } from "#domain/exam/ids.ts";
import { type FeedEntry, type FeedFact, feedFactTypes, type Tile } from "#protocol/session/down.ts";
import type { Loaded, Positioned } from "./event-log.ts";

const fed: ReadonlySet<AttemptFact["type"]> = new Set(feedFactTypes);

function isFed(fact: AttemptFact): fact is FeedFact {
  return fed.has(fact.type);
}

/** What a proctor sees of an attempt; null before it is registered. */
export function tileOf(
  attemptId: AttemptId,
  loaded: Loaded | undefined,
  online: boolean,
  exam: ExamVersion,
): Tile | null {
  if (loaded === undefined || loaded.attempt.status === "unregistered") return null;
  return { attemptId, online, view: proctorView(loaded.attempt, exam) };
}

/** The event as the feed shows it, or null when proctors are not told of its kind. */
export function feedEntryOf({ position, attemptId, event }: Positioned, name: string): FeedEntry | null {
  const { seq, at, by, fact } = event;
  return isFed(fact) ? { position, attemptId, name, seq, at, by, fact } : null;
}

/**
 * What the candidate's page has to be told after a change, or null. Answers are left out: the page that gave them has
 * them, and a page that comes new gets them in its welcome.
 */
export function candidateChange(
  before: Registered | null,
  after: Registered,
  exam: ExamVersion,
): Partial<CandidateView> | null {
  return changedParts(before === null ? null : { ...candidateView(before, exam), answers: {} }, {
    ...candidateView(after, exam),
    answers: {},
  });
}
