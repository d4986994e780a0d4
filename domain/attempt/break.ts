import { timingOf } from "../exam/exam-version.ts";
import type { EpochMs } from "../integrity/signal.ts";
import type { Actor } from "./actor.ts";
import { accept, type Context, type Decision, refuse } from "./decision.ts";
import type { AttemptFact } from "./event.ts";
import type { InStatus, Registered, Work } from "./state.ts";
import { whyNotWorking } from "./working.ts";

type Paused = InStatus<"paused">;

/** [A108] How many breaks the candidate still has. */
export function breaksLeft({ ledger }: Work, exam: Context["exam"]): number {
  return Math.max(0, timingOf(exam).breaks.count - ledger.filter(({ kind }) => kind === "break").length);
}

/** [A108] A break stops the clock and hides the paper, as often and as long as the exam allows. */
export function startBreak(attempt: Registered, { exam, now }: Context): Decision {
  if (attempt.status === "paused" && attempt.breakUntil !== null) return accept();
  const why = whyNotWorking(attempt, now);
  if (why !== null || attempt.status !== "open") return refuse(why ?? "wrong-status");
  if (breaksLeft(attempt.work, exam) === 0) return refuse("no-break-left");
  return accept({ type: "breakStarted", endsAt: now + timingOf(exam).breaks.longestMs });
}

/** [A109] A candidate ends a break before its time, but never a proctor's pause. */
export function endBreak(attempt: Registered, { now, actor }: Context): Decision {
  if (attempt.status === "open") return accept();
  if (attempt.status === "paused") {
    return attempt.breakUntil === null ? refuse("paused") : accept(...clockGoesOn(attempt, now, actor));
  }
  const why = whyNotWorking(attempt, now);
  return refuse(why ?? "wrong-status");
}

/**
 * What lets the clock go again after a pause [A32] or a break [A109], to the millisecond. A break takes no more than its
 * time, however late it is noticed that it was over.
 */
export function clockGoesOn(attempt: Paused, now: EpochMs, by: Actor): readonly AttemptFact[] {
  return [timeGivenBack(attempt, now, by), { type: attempt.breakUntil === null ? "resumed" : "breakEnded" }];
}

export function timeGivenBack({ pausedAt, reason, breakUntil }: Paused, now: EpochMs, by: Actor): AttemptFact {
  const until = Math.min(now, breakUntil ?? now);
  const entry = {
    kind: breakUntil === null ? "pause" : "break",
    ms: Math.max(0, until - pausedAt),
    at: now,
    by,
    reason: breakUntil === null ? `Paused: ${reason}` : reason,
  } as const;
  return { type: "timeGiven", entry };
}
