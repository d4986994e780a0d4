import { isExcused } from "../integrity/exception.ts";
import { violationDueAt } from "../integrity/judge.ts";
import { policyOf } from "../integrity/policy.ts";
import type { ExamVersion } from "../exam/exam-version.ts";
import type { EpochMs } from "../integrity/signal.ts";
import { deadlineOf, graceMs } from "./deadline.ts";
import { accept, type Context, type Decision } from "./decision.ts";
import { withConsequence } from "./consequence.ts";
import type { AttemptFact } from "./event.ts";
import { judged } from "./sensing.ts";
import { clockGoesOn } from "./break.ts";
import { endedSections, nextSectionEnd } from "./section.ts";
import { evolve } from "./evolve.ts";
import { stamp } from "./stamp.ts";
import type { Attempt, InStatus, Registered } from "./state.ts";
import { lateUntil, scored } from "./working.ts";

/** [A24] What time alone does: sustained signals become violations, the deadline hands in, the grace ends. */
export function tick(attempt: Registered, context: Context): Decision {
  if (attempt.status === "handed-in") return accept(...endGrace(attempt, context));
  if (attempt.status === "paused") return accept(...endBreakInTime(attempt, context));
  if (attempt.status !== "open") return accept();
  const deadline = deadlineOf(attempt.work.openedAt, attempt.work.ledger);
  const judgedAt = Math.min(context.now, deadline);
  const isDue = context.now >= deadline;
  const noted: readonly AttemptFact[] = [
    ...attempt.file.conditions.flatMap((condition) => judged(attempt, condition, judgedAt, context)),
    ...endedSections(attempt.work, context.exam, judgedAt),
  ];
  const facts = [...withConsequence(attempt, noted, context, isDue)];
  if (isDue && !facts.some(({ type }) => type === "handedIn")) facts.push({ type: "handedIn", cause: "deadline" });
  if (context.now >= deadline + graceMs) facts.push(scored(attempt.work, context));
  return accept(...facts);
}

/** [A109] A break ends by itself; when nobody was awake for long, the deadline may have passed since. */
function endBreakInTime(attempt: InStatus<"paused">, context: Context): readonly AttemptFact[] {
  if (attempt.breakUntil === null || context.now < attempt.breakUntil) return [];
  const ended = clockGoesOn(attempt, context.now, context.actor);
  const after = stamp(attempt, ended, context).reduce<Attempt>(evolve, attempt);
  if (after.status === "unregistered") return ended;
  const then = tick(after, context);
  return then.accepted ? [...ended, ...then.facts] : ended;
}

function endGrace(attempt: Extract<Attempt, { status: "handed-in" }>, context: Context): readonly AttemptFact[] {
  const until = lateUntil(attempt);
  if (attempt.score !== null || until === null || context.now < until) return [];
  return [scored(attempt.work, context)];
}

/**
 * The next moment at which time alone changes the attempt, or null when nothing waits for the clock. The session's
 * one alarm is set to the earliest of these. [A25]
 */
export function nextWakeAt(attempt: Attempt, exam: ExamVersion): EpochMs | null {
  if (attempt.status === "handed-in") return attempt.score === null ? lateUntil(attempt) : null;
  if (attempt.status === "paused") return attempt.breakUntil;
  if (attempt.status !== "open") return null;
  const { work, file } = attempt;
  const policy = policyOf(exam);
  const due = file.conditions
    .filter((condition) => !isExcused(condition, file.exceptions))
    .map((condition) => violationDueAt(policy, condition, work.judgedFrom, file.lastNoted));
  const times = [...due, nextSectionEnd(work, exam)].filter((at) => at !== null);
  return Math.min(deadlineOf(work.openedAt, work.ledger), ...times);
}
