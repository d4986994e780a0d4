import type { ItemId } from "../exam/ids.ts";
import type { Response } from "../exam/response.ts";
import type { EpochMs } from "../integrity/signal.ts";
import { deadlineOf } from "./deadline.ts";
import { accept, type Decision, refuse } from "./decision.ts";
import type { InStatus, Registered } from "./state.ts";

type Ended = InStatus<"handed-in"> | InStatus<"terminated">;

/** [A36] As many answers are kept for each item of the paper, and no more. */
const keptForEachItem = 2;

/**
 * When an attempt ended against the candidate's will, or null: who hands in on purpose has said that nothing follows.
 * The deadline itself, and not the moment at which it was heard.
 */
function endOf(attempt: Ended): EpochMs | null {
  if (attempt.status === "terminated") return attempt.at;
  return attempt.cause === "deadline" ? deadlineOf(attempt.work.openedAt, attempt.work.ledger) : null;
}

/** [A29] Whether an answer that can count no more was made before the end, and so is evidence of what the candidate did. */
export function isEvidence(attempt: Registered, madeAt: EpochMs): attempt is Ended {
  if (attempt.status !== "handed-in" && attempt.status !== "terminated") return false;
  const end = endOf(attempt);
  return end !== null && madeAt < end;
}

/** [A29] [A36] Keeps an answer beside the score. `madeAt` is what the page says: never before the paper was opened. */
export function keepAnswer(
  attempt: Ended,
  itemId: ItemId,
  response: Response | null,
  madeAt: EpochMs,
  items: number,
): Decision {
  if (attempt.work.kept.length >= keptForEachItem * items) return refuse("too-late");
  const moment = Math.max(attempt.work.openedAt, Math.floor(madeAt));
  return accept({ type: "answerKept", itemId, response, madeAt: moment });
}
