import { describe, expect, test } from "vitest";
import { type Condition, judge, violationDueAt } from "#domain/integrity/judge.ts";
import { policyNamed } from "#domain/integrity/policy.ts";
import { lastingSignalKinds, momentarySignalKinds, type SignalKind } from "#domain/integrity/signal.ts";

const standard = policyNamed("standard");
const nine = Date.UTC(2026, 8, 1, 9);
const kinds = [...lastingSignalKinds, ...momentarySignalKinds];

function condition(kind: SignalKind, since = nine, noted = false): Condition {
  return { kind, since, detail: { count: 2, confidence: 0.75 }, noted };
}

describe("the standard policy", () => {
  test("[I1] has a rule for every kind of signal, and for no other", () => {
    expect(Object.keys(standard.rules).toSorted()).toEqual(kinds.toSorted());
  });

  test("[I1] gives a moment no window, and what lasts one", () => {
    for (const kind of momentarySignalKinds) expect(standard.rules[kind].windowMs, kind).toBe(0);
    for (const kind of lastingSignalKinds) expect(standard.rules[kind].windowMs, kind).toBeGreaterThan(0);
    for (const kind of kinds) expect(standard.rules[kind].coolDownMs, kind).toBeGreaterThan(0);
  });
});

describe("a signal", () => {
  test.each(kinds)("[I2] %s is a violation when its window has passed, and not a millisecond before", (kind) => {
    const due = nine + standard.rules[kind].windowMs;
    expect(violationDueAt(standard, condition(kind), nine - 1, {})).toBe(due);
    expect(judge(standard, condition(kind), nine - 1, {}, due - 1)).toBeNull();
    expect(judge(standard, condition(kind), nine - 1, {}, due)?.notedAt).toBe(due);
  });

  test("[I3] that was noted is not one again", () => {
    expect(violationDueAt(standard, condition("no-face", nine, true), nine, {})).toBeNull();
    expect(judge(standard, condition("no-face", nine, true), nine, {}, nine + 3_600_000)).toBeNull();
  });

  test.each(kinds)("[I4] %s is not noted again within its cool-down", (kind) => {
    const { windowMs, coolDownMs } = standard.rules[kind];
    const last = nine + windowMs;
    const due = Math.max(nine + windowMs, last + coolDownMs);
    expect(judge(standard, condition(kind), nine, { [kind]: last }, due - 1)).toBeNull();
    expect(judge(standard, condition(kind), nine, { [kind]: last }, due)).not.toBeNull();
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
      from: nine,
      notedAt: nine + 7_400,
      confidence: 0.75,
    });
  });
});
