import { explain } from "./explain.ts";
import type { IntegrityPolicy, Severity } from "./policy.ts";
import type { EpochMs, SignalDetail, SignalKind } from "./signal.ts";

/** A signal that has begun and not yet ended. `noted`: it already became a violation. */
export type Condition = {
  readonly kind: SignalKind;
  readonly since: EpochMs;
  readonly detail: SignalDetail;
  readonly noted: boolean;
};

/** What the policy makes of a signal. `from` to `notedAt` is the time it had lasted; the reason is in plain words. */
export type Violation = {
  readonly kind: SignalKind;
  readonly severity: Severity;
  readonly reason: string;
  readonly from: EpochMs;
  readonly notedAt: EpochMs;
  readonly confidence: number | null;
};

/** When each kind was last noted, for the cool-down. */
export type LastNoted = Readonly<Partial<Record<SignalKind, EpochMs>>>;

/**
 * The moment at which the condition becomes a violation if it goes on, or null when it already has. Time before
 * `judgedFrom` (the paper not open, or the attempt paused) does not count.
 */
export function violationDueAt(
  policy: IntegrityPolicy,
  condition: Condition,
  judgedFrom: EpochMs,
  lastNoted: LastNoted,
): EpochMs | null {
  if (condition.noted) return null;
  const rule = policy.rules[condition.kind];
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
  if (dueAt === null || now < dueAt) return null;
  const from = Math.max(condition.since, judgedFrom);
  return {
    kind: condition.kind,
    severity: policy.rules[condition.kind].severity,
    reason: explain(condition.kind, now - from, condition.detail),
    from,
    notedAt: now,
    confidence: condition.detail.confidence,
  };
}
