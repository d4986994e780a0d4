import { type Condition, judge, type Violation } from "../integrity/judge.ts";
import { policyOf } from "../integrity/policy.ts";
import {
  type EpochMs,
  type LastingSignalKind,
  type MomentarySignalKind,
  noDetail,
  type SignalDetail,
  type SignalKind,
} from "../integrity/signal.ts";
import { isExcused } from "../integrity/exception.ts";
import type { CandidateCommand, SystemCommand } from "./command.ts";
import { accept, type Context, type Decision, refuse } from "./decision.ts";
import { withConsequence } from "./consequence.ts";
import type { AttemptFact } from "./event.ts";
import type { Registered } from "./state.ts";

type Of<Type extends (CandidateCommand | SystemCommand)["type"]> = Extract<
  CandidateCommand | SystemCommand,
  { type: Type }
>;

/** The furthest back that a page may date a signal: longer than any outage that it survives. */
const furthestBackMs = 30 * 60 * 1000;

/** [A45] Never later than now, never further back than that, and whole, as every moment in the log is. */
function whenItWas(agoMs: number, now: EpochMs): EpochMs {
  return now - Math.min(Math.max(0, Math.round(agoMs)), furthestBackMs);
}

function isSensed(attempt: Registered): boolean {
  return attempt.status !== "registered" && attempt.status !== "handed-in" && attempt.status !== "terminated";
}

function activeCondition(attempt: Registered, kind: SignalKind): Condition | undefined {
  return attempt.file.conditions.find((condition) => condition.kind === kind);
}

function noted(violation: Violation): AttemptFact {
  return { type: "violationNoted", violation };
}

/** What the policy makes of a condition at a moment. Only an open paper is judged [A42], and nothing that the candidate is excused [A102]. */
export function judged(attempt: Registered, condition: Condition, at: EpochMs, { exam }: Context): AttemptFact[] {
  if (attempt.status !== "open" || isExcused(condition, attempt.file.exceptions)) return [];
  const violation = judge(policyOf(exam), condition, attempt.work.judgedFrom, attempt.file.lastNoted, at);
  return violation === null ? [] : [noted(violation)];
}

/**
 * [A44] The session sees for itself whether there is a connection: the page's word for it would hide a real loss. What is
 * lost of its sensors it takes from their reports [I41].
 */
function isNotThePages(kind: LastingSignalKind, { actor }: Context): boolean {
  return (kind === "connection-lost" || kind === "sensor-lost") && actor.kind === "candidate";
}

/** [I11] What the policy does not look for is not kept either, whatever a page tells. */
function isLookedFor(kind: SignalKind, { exam }: Context): boolean {
  return policyOf(exam).rules[kind] !== undefined;
}

/** [A40] A signal that lasts is noted when it begins; beginning again while it lasts changes nothing. */
export function beginSignal(attempt: Registered, command: Of<"beginSignal">, context: Context): Decision {
  if (isNotThePages(command.kind, context)) return refuse("not-permitted");
  if (isSensed(attempt) && !isLookedFor(command.kind, context)) return accept();
  return begin(attempt, command.kind, command.detail, command.agoMs, context);
}

function begin(
  attempt: Registered,
  kind: LastingSignalKind,
  detail: Condition["detail"],
  agoMs: number,
  { now }: Context,
): Decision {
  if (!isSensed(attempt)) return refuse(attempt.status === "registered" ? "not-consented" : "handed-in");
  if (activeCondition(attempt, kind) !== undefined) return accept();
  return accept({ type: "signalBegan", kind, since: whenItWas(agoMs, now), detail });
}

/** [A41] When a signal ends, what it was up to then is judged, even if nobody was awake when its window passed. */
export function endSignal(attempt: Registered, { kind, agoMs }: Of<"endSignal">, context: Context): Decision {
  if (isNotThePages(kind, context)) return refuse("not-permitted");
  const condition = activeCondition(attempt, kind);
  if (condition === undefined) return accept();
  const until = Math.max(condition.since, whenItWas(agoMs, context.now));
  return accept(...ended(attempt, condition, until, context));
}

/** What a condition was up to when it ended, and that it did. */
function ended(attempt: Registered, condition: Condition, until: EpochMs, context: Context): readonly AttemptFact[] {
  const { subject } = condition.detail;
  const kind = condition.kind as LastingSignalKind;
  return [
    ...withConsequence(attempt, judged(attempt, condition, until, context), context),
    { type: "signalEnded", kind, until, ...(subject === undefined ? {} : { subject }) },
  ];
}

/** [I41] How a sensor is. One that is lost is a signal of its own, which ends when the sensor says anything else. */
export function reportSensor(attempt: Registered, command: Of<"reportSensor">, context: Context): Decision {
  if (!isSensed(attempt)) return refuse(attempt.status === "registered" ? "not-consented" : "handed-in");
  const { sensor, state, reason } = command;
  const before = attempt.file.sensors[sensor];
  if (before?.state === state && before.reason === reason) return accept();
  const reported: AttemptFact = { type: "sensorReported", sensor, state, reason };
  const lost = attempt.file.conditions.find(({ kind, detail }) => kind === "sensor-lost" && detail.subject === sensor);
  if (state === "lost" && lost === undefined) {
    const detail = { ...noDetail, subject: sensor };
    return accept(reported, { type: "signalBegan", kind: "sensor-lost", since: context.now, detail });
  }
  if (state === "lost" || lost === undefined) return accept(reported);
  return accept(reported, ...ended({ ...attempt, seq: attempt.seq + 1 }, lost, context.now, context));
}

/** [A43] What happens in one moment is judged at once. */
export function reportMoment(attempt: Registered, command: Of<"reportMoment">, context: Context): Decision {
  if (!isSensed(attempt)) return refuse(attempt.status === "registered" ? "not-consented" : "handed-in");
  const at = whenItWas(command.agoMs, context.now);
  const { kind, detail } = command;
  return accept(...noteMoment(attempt, kind, detail, at, context));
}

/** [A43] */
function noteMoment(
  attempt: Registered,
  kind: MomentarySignalKind,
  detail: SignalDetail,
  at: EpochMs,
  context: Context,
): readonly AttemptFact[] {
  return withConsequence(attempt, judged(attempt, { kind, since: at, detail, noted: false }, at, context), context);
}

/** [I55] Another page of the attempt came beside the one that writes, or another browser wants to go on with it. */
export function noteSecondSession(attempt: Registered, context: Context): readonly AttemptFact[] {
  return noteMoment(attempt, "second-session", noDetail, context.now, context);
}

/** [A44] The candidate's last socket is gone. */
export function loseConnection(attempt: Registered, { agoMs }: Of<"loseConnection">, context: Context): Decision {
  return isSensed(attempt) ? begin(attempt, "connection-lost", noDetail, agoMs, context) : accept();
}

/** [A44] The candidate is back. */
export function regainConnection(attempt: Registered, context: Context): Decision {
  return endSignal(attempt, { type: "endSignal", kind: "connection-lost", agoMs: 0 }, context);
}
