import { type Condition, judge, type LastNoted, type Violation, violationDueAt } from "#domain/integrity/judge.ts";
import type { IntegrityPolicy } from "#domain/integrity/policy.ts";
import { type EpochMs, noDetail, type SignalKind } from "#domain/integrity/signal.ts";
import type { Observation } from "./observation.ts";

/** A clip is an exam of its own: what was noted in the one before does not cool this one down. */
export type Fresh = { readonly kind: SignalKind; readonly at: EpochMs };

/**
 * What the law makes of what the sensors told, as the session does: a lasting signal is judged at the moment at which it
 * is due, and when it ends; a momentary one at once; a lost sensor is a signal until the sensor says anything else.
 *
 * @param observations in the order of their time
 * @param until when the watch ended
 */
export function note(
  policy: IntegrityPolicy,
  observations: readonly Observation[],
  fresh: readonly Fresh[],
  until: EpochMs,
): readonly Violation[] {
  const noted: Violation[] = [];
  let conditions: readonly Condition[] = [];
  const judgedFrom = observations[0]?.at ?? until;

  function lastNoted(kind: SignalKind, now: EpochMs): LastNoted {
    const since = Math.max(...fresh.filter((each) => each.kind === kind && each.at <= now).map(({ at }) => at), 0);
    const last = noted.findLast((violation) => violation.kind === kind && violation.notedAt >= since);
    return last === undefined ? {} : { [kind]: last.notedAt };
  }

  function judgeAt(condition: Condition, now: EpochMs): void {
    const violation = judge(policy, condition, judgedFrom, lastNoted(condition.kind, now), now);
    if (violation === null) return;
    noted.push(violation);
    conditions = conditions.map((each) => (each === condition ? { ...each, noted: true } : each));
  }

  /** As the session's alarm does, in the order in which they are due. */
  function judgeUntil(now: EpochMs): void {
    const due = conditions
      .map((condition) => ({
        condition,
        at: violationDueAt(policy, condition, judgedFrom, lastNoted(condition.kind, now)) ?? Infinity,
      }))
      .filter(({ at }) => at <= now)
      .toSorted((one, other) => one.at - other.at);
    for (const { condition, at } of due) judgeAt(condition, at);
  }

  function begin(condition: Condition): void {
    if (!conditions.some((each) => isSame(each, condition))) conditions = [...conditions, condition];
  }

  function end(ended: Pick<Condition, "kind" | "detail">): void {
    conditions = conditions.filter((each) => !isSame(each, ended));
  }

  for (const observation of observations) {
    const { at } = observation;
    judgeUntil(at);
    switch (observation.type) {
      case "begin":
        begin({ kind: observation.kind, since: at, detail: observation.detail, noted: false });
        break;
      case "end":
        end({ kind: observation.kind, detail: noDetail });
        break;
      case "moment":
        judgeAt({ kind: observation.kind, since: at, detail: observation.detail, noted: false }, at);
        break;
      case "sensor": {
        const detail = { ...noDetail, subject: observation.sensor };
        if (observation.state === "lost") begin({ kind: "sensor-lost", since: at, detail, noted: false });
        else end({ kind: "sensor-lost", detail });
        break;
      }
    }
  }
  judgeUntil(until);
  return noted.toSorted((one, other) => one.notedAt - other.notedAt);
}

/** Only of a lost sensor there may be several at a time: one for each sensor. */
function isSame(one: Pick<Condition, "kind" | "detail">, other: Pick<Condition, "kind" | "detail">): boolean {
  return one.kind === other.kind && (one.kind !== "sensor-lost" || one.detail.subject === other.detail.subject);
}
