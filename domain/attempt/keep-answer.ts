import type { ItemId } from "../exam/ids.ts";
import type { Section } from "../exam/exam-version.ts";
import type { Response } from "../exam/response.ts";
import type { EpochMs } from "../integrity/signal.ts";
import { accept, type Decision, refuse } from "./decision.ts";
import { itemEndsAt, sectionEndsAt, sectionStateOf } from "./section.ts";
import type { InStatus, Registered } from "./state.ts";

type Working = InStatus<"open"> | InStatus<"handed-in"> | InStatus<"terminated">;

/** [A36] As many answers are kept for each item of the paper, and no more. */
const keptForEachItem = 2;

/**
 * When work on a section ended against the candidate's will, or null where it did not: who hands in on purpose has said
 * that nothing follows. The deadline itself, and not the moment at which it was heard.
 */
function endOf(attempt: Working, section: Section): EpochMs | null {
  const { work, status } = attempt;
  const state = sectionStateOf(work, section);
  if (state === "ahead") return null;
  if (status === "open") return state === "over" ? itemEndsAt(work, section) : null;
  const isEndedByOthers = status === "terminated" || attempt.cause === "policy";
  if (isEndedByOthers) return Math.min(attempt.at, sectionEndsAt(work, section) ?? attempt.at);
  return attempt.cause === "deadline" ? itemEndsAt(work, section) : null;
}

/** [A29] Whether an answer that can count no more was made before the end, and so is evidence of what the candidate did. */
export function isEvidence(attempt: Registered, section: Section | undefined, madeAt: EpochMs): attempt is Working {
  if (attempt.status !== "open" && attempt.status !== "handed-in" && attempt.status !== "terminated") return false;
  const end = section === undefined ? null : endOf(attempt, section);
  return end !== null && madeAt < end;
}

/** [A29] [A36] Keeps an answer beside the score. `madeAt` is what the page says: never before the paper was opened. */
export function keepAnswer(
  attempt: Working,
  itemId: ItemId,
  response: Response | null,
  madeAt: EpochMs,
  items: number,
): Decision {
  if (attempt.work.kept.length >= keptForEachItem * items) return refuse("too-late");
  const moment = Math.max(attempt.work.openedAt, Math.floor(madeAt));
  return accept({ type: "answerKept", itemId, response, madeAt: moment });
}
