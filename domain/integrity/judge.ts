import { explain, wordsOf } from "./explain.ts";
import type { IntegrityPolicy, PolicyResponse, Severity, StillSource } from "./policy.ts";
import type { EpochMs, SignalDetail, SignalKind } from "./signal.ts";

/** A signal that has begun and not yet ended. `noted`: it already became a violation. */
export type Condition = {
  readonly kind: SignalKind;
  readonly since: EpochMs;
  readonly detail: SignalDetail;
  readonly noted: boolean;
};

/**
 * What the policy makes of a signal. `from` to `notedAt` is the time it had lasted; `reason` and `rule` are in plain
 * words. Left out in the log of an exam from before policies had them: `rule`, `response` (log), `told`, `evidence`.
 */
export type Violation = {
  readonly kind: SignalKind;
  readonly subject?: string;
  readonly severity: Severity;
  readonly reason: string;
  readonly rule?: string;
  readonly from: EpochMs;
  readonly notedAt: EpochMs;
  readonly confidence: number | null;
  readonly response?: PolicyResponse;
  /** What the candidate is told; left out where nothing. */
  readonly told?: string;
  readonly evidence?: readonly StillSource[];
};

/** When each kind was last noted, for the cool-down. */
export type LastNoted = Readonly<Partial<Record<SignalKind, EpochMs>>>;

/**
 * The moment at which the condition becomes a violation if it goes on, or null when it already has or the policy does
 * not look for it. Time before `judgedFrom` (the paper not open, or the attempt paused) does not count.
 */
export function violationDueAt(
  policy: IntegrityPolicy,
  condition: Condition,
  judgedFrom: EpochMs,
  lastNoted: LastNoted,
): EpochMs | null {
  const rule = policy.rules[condition.kind];
  if (condition.noted || rule === undefined) return null;
  const sustained = Math.max(condition.since, judgedFrom) + rule.windowMs;
  const last = lastNoted[condition.kind];
  return last === undefined ? sustained : Math.max(sustained, last + rule.coolDownMs);
}

/** The violation that the condition is at `now`, or null when it is not yet (or no longer to be) one. */
export function judge(
  policy: IntegrityPolicy,
  condition: Condition,
  judgedFrom: EpochMs,
  lastNoted: LastNoted,
  now: EpochMs,
): Violation | null {
  const dueAt = violationDueAt(policy, condition, judgedFrom, lastNoted);
  const { kind, detail } = condition;
  const rule = policy.rules[kind];
  if (rule === undefined || dueAt === null || now < dueAt) return null;
  const from = Math.max(condition.since, judgedFrom);
  const { severity, response, evidence, tellsCandidate } = rule;
  return {
    kind,
    ...(detail.subject === undefined ? {} : { subject: detail.subject }),
    severity,
    reason: explain(kind, now - from, detail),
    rule: wordsOf(kind).rule,
    from,
    notedAt: now,
    confidence: detail.confidence,
    response,
    ...(tellsCandidate ? { told: wordsOf(kind).told } : {}),
    evidence,
  };
}
