import { describe, expect, test } from "vitest";
import { type Condition, judge, violationDueAt } from "#domain/integrity/judge.ts";
import { type IntegrityRule, policyFrom, policyNamed, policyOf } from "#domain/integrity/policy.ts";
import { noDetail, type SignalKind, signalKinds } from "#domain/integrity/signal.ts";

const anyRule: IntegrityRule = { ...ruleOf("no-face"), response: "log" };
/** Every kind is on, each as the strictest preset has it, or as any. */
const all = policyFrom("strict", {
  rules: Object.fromEntries(
    signalKinds.map((kind) => [kind, policyNamed("strict").rules[kind] ?? anyRule] as const),
  ) as Record<SignalKind, IntegrityRule>,
});
const standard = policyNamed("standard");
const nine = Date.UTC(2026, 8, 1, 9);

function ruleOf(kind: SignalKind): IntegrityRule {
  const rule = policyNamed("standard").rules[kind];
  if (rule === undefined) throw new Error(`${kind} is off`);
  return rule;
}

function condition(kind: SignalKind, since = nine, noted = false): Condition {
  return { kind, since, detail: { count: 2, confidence: 0.75 }, noted };
}

describe("a signal", () => {
  test.each(signalKinds)("[I2] %s is a violation when its window has passed, and not a millisecond before", (kind) => {
    const due = nine + (all.rules[kind]?.windowMs ?? Number.NaN);
    expect(violationDueAt(all, condition(kind), nine - 1, {})).toBe(due);
    expect(judge(all, condition(kind), nine - 1, {}, due - 1)).toBeNull();
    expect(judge(all, condition(kind), nine - 1, {}, due)?.notedAt).toBe(due);
  });

  test("[I3] that was noted is not one again", () => {
    expect(violationDueAt(standard, condition("no-face", nine, true), nine, {})).toBeNull();
    expect(judge(standard, condition("no-face", nine, true), nine, {}, nine + 3_600_000)).toBeNull();
  });

  test.each(signalKinds)("[I4] %s is not noted again within its cool-down", (kind) => {
    const { windowMs, coolDownMs } = all.rules[kind] ?? anyRule;
    const last = nine + windowMs;
    const due = Math.max(nine + windowMs, last + coolDownMs);
    expect(judge(all, condition(kind), nine, { [kind]: last }, due - 1)).toBeNull();
    expect(judge(all, condition(kind), nine, { [kind]: last }, due)).not.toBeNull();
  });

  test("[I4] a cool-down of one kind does not quieten another", () => {
    expect(violationDueAt(standard, condition("no-face"), nine, { "several-faces": nine })).toBe(nine + 5_000);
  });

  test("[I4] a cool-down that is long over shortens no window", () => {
    expect(violationDueAt(standard, condition("no-face"), nine, { "no-face": nine - 3_600_000 })).toBe(nine + 5_000);
  });

  test("[I5] counts only from when judging began", () => {
    const judgedFrom = nine + 60_000;
    expect(judge(standard, condition("no-face"), judgedFrom, {}, judgedFrom + 4_999)).toBeNull();
    expect(judge(standard, condition("no-face"), judgedFrom, {}, judgedFrom + 5_000)?.from).toBe(judgedFrom);
  });

  test("[I6] that is a violation keeps its time, severity and confidence", () => {
    expect(judge(standard, condition("several-faces"), 0, {}, nine + 7_400)).toEqual({
      kind: "several-faces",
      severity: "high",
      reason: "2 faces were in the picture for 7 seconds.",
      rule: "One person is in the picture.",
      from: nine,
      notedAt: nine + 7_400,
      confidence: 0.75,
      response: "notify-proctor",
      told: "More than one face was in the picture. Please make sure that you are alone in it.",
      evidence: ["camera"],
    });
  });

  test("[I6] keeps what it was about", () => {
    const lost: Condition = {
      kind: "sensor-lost",
      since: nine,
      detail: { ...noDetail, subject: "faces" },
      noted: false,
    };
    expect(judge(standard, lost, 0, {}, nine + 60_000)?.subject).toBe("faces");
  });

  test("[I11] that the policy does not look for is never one", () => {
    const speech = condition("speech");
    expect(violationDueAt(standard, speech, nine, {})).toBeNull();
    expect(judge(standard, speech, nine, {}, nine + 3_600_000)).toBeNull();
  });

  test("[I13] that the candidate is not to be told of is told nowhere", () => {
    expect(judge(standard, condition("connection-lost"), nine, {}, nine + 60_000)).not.toHaveProperty("told");
    expect(judge(policyOf({}), condition("no-face"), nine, {}, nine + 60_000)).not.toHaveProperty("told");
  });
});
