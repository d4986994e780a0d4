import type { ItemId } from "../exam/ids.ts";
import { itemsOf, type Section } from "../exam/exam-version.ts";
import { type Response, responseFits } from "../exam/response.ts";
import type { EpochMs } from "../integrity/signal.ts";
import { scoreAttempt } from "../scoring/score-attempt.ts";
import type { CandidateCommand } from "./command.ts";
import { deadlineOf, graceMs } from "./deadline.ts";
import { itemEndsAt, sectionOf, sectionStateOf, whySectionIsShut } from "./section.ts";
import { accept, type Context, type Decision, type Refusal, refuse } from "./decision.ts";
import type { AttemptFact } from "./event.ts";
import { isEvidence, keepAnswer } from "./keep-answer.ts";
import type { InStatus, Registered, Work } from "./state.ts";

type Of<Type extends CandidateCommand["type"]> = Extract<CandidateCommand, { type: Type }>;

/** Why an attempt takes no more work now, or null when it does. [A20] [A22] */
export function whyNotWorking(attempt: Registered, now: EpochMs): Refusal | null {
  switch (attempt.status) {
    case "open":
      return now < deadlineOf(attempt.work.openedAt, attempt.work.ledger) ? null : "too-late";
    case "paused":
      return "paused";
    case "handed-in":
    case "terminated":
      return "handed-in";
    default:
      return "wrong-status";
  }
}

/** [A21] The last moment at which a late answer is taken; null when the candidate handed in on purpose. */
export function lateUntil(attempt: InStatus<"handed-in">): EpochMs | null {
  return attempt.cause === "deadline" ? deadlineOf(attempt.work.openedAt, attempt.work.ledger) + graceMs : null;
}

/** Why nothing of a section takes work now, or null when it does: the attempt first, then the section. [A112] */
function whyNotIn(section: Section | undefined, attempt: Registered, now: EpochMs): Refusal | null {
  const why = whyNotWorking(attempt, now);
  if (why !== null || attempt.status !== "open") return why;
  return section === undefined ? "no-such-item" : whySectionIsShut(attempt.work, section);
}

function isLateButTaken(attempt: Registered, section: Section | undefined, agoMs: number, now: EpochMs): boolean {
  if (attempt.status !== "handed-in" && attempt.status !== "open") return false;
  if (attempt.status === "handed-in" && (attempt.cause !== "deadline" || attempt.score !== null)) return false;
  if (section === undefined || sectionStateOf(attempt.work, section) === "ahead") return false;
  const endsAt = itemEndsAt(attempt.work, section);
  return now < endsAt + graceMs && now - agoMs < endsAt;
}

/** [A12] An answer counts when it fits its item and was made in time; within the grace it is marked late, after it kept. */
export function saveAnswer(
  attempt: Registered,
  { itemId, response, agoMs }: Of<"saveAnswer">,
  { exam, now }: Context,
): Decision {
  const section = sectionOf(exam, itemId);
  const item = section?.items.find(({ id }) => id === itemId);
  const why = whyNotIn(section, attempt, now);
  const late = why !== null && isLateButTaken(attempt, section, agoMs, now);
  const madeAt = now - agoMs;
  if (why !== null && !late && !isEvidence(attempt, section, madeAt)) return refuse(why);
  if (item === undefined) return refuse("no-such-item");
  if (response !== null && !responseFits(item, response)) return refuse("response-does-not-fit");
  if (why !== null && !late && isEvidence(attempt, section, madeAt)) {
    return keepAnswer(attempt, itemId, response, madeAt, itemsOf(exam).length);
  }
  return accept({ type: "answerSaved", itemId, response, late });
}

/** [A112] A section with a time limit is shut until it is entered, and its time runs from then on. */
export function enterSection(attempt: Registered, { sectionId }: Of<"enterSection">, { exam, now }: Context): Decision {
  const why = whyNotWorking(attempt, now);
  if (why !== null || attempt.status !== "open") return refuse(why ?? "wrong-status");
  const section = exam.sections.find(({ id }) => id === sectionId);
  if (section === undefined) return refuse("no-such-section");
  switch (sectionStateOf(attempt.work, section)) {
    case "ahead":
      return accept({ type: "sectionEntered", sectionId });
    case "over":
      return refuse("section-over");
    case "no-limit":
    case "running":
      return accept();
  }
}

/** [A13] A flag is the candidate's own bookmark; setting it twice changes nothing. */
export function flagItem(attempt: Registered, { itemId, flagged }: Of<"flagItem">, { exam, now }: Context): Decision {
  const why = whyNotIn(sectionOf(exam, itemId), attempt, now);
  if (why !== null || attempt.status !== "open") return refuse(why ?? "wrong-status");
  return attempt.work.flagged.includes(itemId) === flagged
    ? accept()
    : accept({ type: "itemFlagged", itemId, flagged });
}

/** [A14] The last visited item is where a reload comes back to. */
export function visitItem(attempt: Registered, { itemId }: Of<"visitItem">, { exam, now }: Context): Decision {
  const why = whyNotIn(sectionOf(exam, itemId), attempt, now);
  if (why !== null || attempt.status !== "open") return refuse(why ?? "wrong-status");
  return attempt.work.position === itemId ? accept() : accept({ type: "itemVisited", itemId });
}

/** [A23] Handing in ends the attempt and scores it; handing in again changes nothing. */
export function handIn(attempt: Registered, context: Context): Decision {
  if (attempt.status === "handed-in") return accept();
  const why = whyNotWorking(attempt, context.now);
  if (why !== null || attempt.status !== "open") return refuse(why ?? "wrong-status");
  return accept({ type: "handedIn", cause: "candidate" }, scored(attempt.work, context));
}

/** The score of the work as it stands. [A26] */
export function scored(work: Work, { exam }: Context): AttemptFact {
  const responses = new Map<ItemId, Response>();
  for (const { id } of itemsOf(exam)) {
    const response = work.answers[id]?.response ?? null;
    if (response !== null) responses.set(id, response);
  }
  return { type: "scored", score: scoreAttempt(exam, responses) };
}
