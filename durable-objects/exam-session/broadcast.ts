import { changedParts } from "#domain/attempt/changed-parts.ts";
import { candidateView, type CandidateView, isSameToCandidate, proctorView } from "#domain/attempt/view.ts";
import type { Registered } from "#domain/attempt/state.ts";
import type { ExamVersion } from "#domain/exam/exam-version.ts";
import type { AttemptId } from "#domain/exam/ids.ts";
import type { Tile } from "#protocol/session/down.ts";
import type { Loaded } from "./event-log.ts";

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

/** The same with the answers, for a page that did not give them. */
export function changeInFull(
  before: Registered | null,
  after: Registered,
  exam: ExamVersion,
): Partial<CandidateView> | null {
  return changedParts(before === null ? null : candidateView(before, exam), candidateView(after, exam));
}

/**
 * What the candidate's page has to be told after a change, or null. Answers are left out: the page that gave them has
 * them, and a page that comes new gets them in its welcome. But one that was only kept is not what counts, though the
 * page that gave it was told that it is taken: then all that count are said.
 */
export function candidateChange(
  before: Registered | null,
  after: Registered,
  exam: ExamVersion,
): Partial<CandidateView> | null {
  if (before !== null && isSameToCandidate(before, after)) return null;
  const was = before === null ? null : candidateView(before, exam);
  const is = candidateView(after, exam);
  if (was !== null && was.kept.length < is.kept.length) return { ...changedParts(was, is), answers: is.answers };
  return changedParts(was === null ? null : { ...was, answers: {} }, { ...is, answers: {} });
}
