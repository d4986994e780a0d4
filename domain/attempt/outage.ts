import { timingOf } from "../exam/exam-version.ts";
import type { EpochMs } from "../integrity/signal.ts";
import { system } from "./actor.ts";
import type { CandidateCommand } from "./command.ts";
import { accept, type Context, type Decision, refuse } from "./decision.ts";
import type { InStatus, Outage, Registered } from "./state.ts";

type Of<Type extends CandidateCommand["type"]> = Extract<CandidateCommand, { type: Type }>;

/**
 * [A105] [A106] A lost connection is credited for as long as both sides say that it lasted: the page by its monotonic
 * clock, the session by its sockets. Nothing is credited twice, and in all no more than the exam allows.
 */
export function reportOutage(attempt: Registered, command: Of<"reportOutage">, context: Context): Decision {
  if (attempt.status !== "open" && attempt.status !== "paused") {
    return "work" in attempt ? accept() : refuse("wrong-status");
  }
  const { exam, now } = context;
  const page = { since: now - Math.round(command.beganAgoMs), until: now - Math.round(command.endedAgoMs) };
  const clock = clockSpan(attempt, now);
  const lost = attempt.file.outages.reduce((sum, seen) => sum + overlapMs(page, seen, clock), 0);
  const { ledger } = attempt.work;
  const credited = ledger.filter(({ kind }) => kind === "outage").reduce((sum, { ms }) => sum + ms, 0);
  const ms = Math.min(lost, timingOf(exam).outageCreditMs - credited);
  if (ms <= 0) return accept();
  const entry = { kind: "outage", ms, at: now, by: system, reason: "The connection was lost" } as const;
  return accept({ type: "timeGiven", entry });
}

/** Since when the clock has run without a stop and nothing was credited yet, and until when. */
function clockSpan(attempt: InStatus<"open"> | InStatus<"paused">, now: EpochMs): Outage {
  const { ledger, judgedFrom } = attempt.work;
  const credited = ledger.findLast(({ kind }) => kind === "outage")?.at ?? judgedFrom;
  return { since: Math.max(judgedFrom, credited), until: attempt.status === "paused" ? attempt.pausedAt : now };
}

function overlapMs(...spans: readonly Outage[]): number {
  const since = Math.max(...spans.map((span) => span.since));
  const until = Math.min(...spans.map((span) => span.until));
  return Math.max(0, until - since);
}
