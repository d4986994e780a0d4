import { describe, expect, test } from "vitest";
import { proctorView } from "#domain/attempt/view.ts";
import { attentionOf, compareAttention, type SeenViolation, type Watched } from "#domain/integrity/attention.ts";
import { responses, severities, type Severity } from "#domain/integrity/policy.ts";
import { at, attemptAfter, type Happening, type History, minutes, nine, seconds } from "#test/domain/attempt/given.ts";
import { histories } from "#test/domain/attempt/histories.ts";
import { ada, lin, session } from "#test/domain/attempt/people.ts";
import { firstAid } from "#test/domain/exam/first-aid.ts";

const now = nine + minutes(20);
const calm: Watched = {
  isSitting: true,
  isWaiting: false,
  awaitsReply: false,
  isCutOff: false,
  unattended: [],
  lasting: 0,
  unread: 0,
};

function seen(severity: Severity, agoMs: number, response: SeenViolation["response"] = "notify-proctor") {
  return { severity, notedAt: now - agoMs, ...(response === undefined ? {} : { response }) };
}

function attention(change: Partial<Watched>) {
  return attentionOf({ ...calm, ...change }, now);
}

function weight(...unattended: readonly SeenViolation[]): number {
  return attention({ unattended }).weight;
}

describe("a place in the order", () => {
  test("[I15] is the sum of parts that can be shown: how grave, how new, how long without a look, what lasts and is unread", () => {
    const { parts, weight: whole } = attention({
      unattended: [seen("high", minutes(4)), seen("high", minutes(2)), seen("low", minutes(1))],
      lasting: 2,
      unread: 1,
    });
    expect(parts).toEqual([
      { kind: "severity", severity: "high", count: 2, weight: 4 },
      { kind: "recency", agoMs: minutes(1), weight: 0.8 },
      { kind: "ageing", forMs: minutes(4), weight: 1 },
      { kind: "lasting", count: 2, weight: 0.5 },
      { kind: "unread", count: 1, weight: 1 },
    ]);
    expect(whole).toBeCloseTo(7.3);
  });

  test("[I15] is higher the graver, and of two alike the newer comes first until the older has waited", () => {
    const weights = severities.map((severity) => weight(seen(severity, 0)));
    expect(weights).toEqual(weights.toSorted((one, other) => one - other));
    expect(new Set(weights).size).toBe(severities.length);
    expect(weight(seen("low", 0))).toBeGreaterThan(weight(seen("low", minutes(4))));
    expect(weight(seen("high", minutes(9)))).toBeGreaterThan(weight(seen("high", 0)));
  });

  test("[I15] is nothing for who asks for nothing, and a violation from the future of a clock weighs no more than a new one", () => {
    expect(attention({})).toEqual({ call: "none", parts: [], weight: 0 });
    expect(weight(seen("high", -seconds(3)))).toBe(weight(seen("high", 0)));
  });

  test("[I15] says nothing of who has finished or not begun", () => {
    expect(attention({ isSitting: false, unattended: [seen("critical", 0)] })).toEqual({
      call: "none",
      parts: [],
      weight: 0,
    });
  });
});

describe("who asks for a person", () => {
  test.each(responses)("[I16] a violation whose response is %s calls, unless it is only logged", (response) => {
    const { call } = attention({ unattended: [seen("critical", 0, response)] });
    expect(call).toBe(response === "log" ? "noted" : "violation");
  });

  test("[I16] a violation of an exam from before responses is only logged", () => {
    expect(attention({ unattended: [{ severity: "high", notedAt: now }] }).call).toBe("noted");
  });

  test("[I18] the order is the door, words, violations, lost lines, what is only logged, and nothing", () => {
    const all = [
      attention({}),
      attention({ unattended: [seen("critical", 0, "log")] }),
      attention({ isCutOff: true, unattended: [seen("low", 0, "log")] }),
      attention({ unattended: [seen("info", 0)], isCutOff: true }),
      attention({ awaitsReply: true, unattended: [seen("critical", 0)] }),
      attention({ isWaiting: true, awaitsReply: true }),
    ];
    const order = all.toSorted(compareAttention).map(({ call }) => call);
    expect(order).toEqual(["waiting", "message", "violation", "offline", "noted", "none"]);
  });

  test("[I18] among those who ask for the same, the weight decides", () => {
    const [light, grave] = [attention({ unattended: [seen("low", 0)] }), attention({ unattended: [seen("high", 0)] })];
    expect(compareAttention(grave, light)).toBeLessThan(0);
    expect(compareAttention(grave, grave)).toBe(0);
  });
});

describe("what the console is told", () => {
  function noted(notedAt: number): Happening {
    const violation = { kind: "no-face", severity: "medium", reason: "Away", confidence: null, from: notedAt } as const;
    return at(
      notedAt,
      { type: "violationNoted", violation: { ...violation, notedAt, response: "notify-proctor" } },
      session,
    );
  }
  function viewAfter(...later: History) {
    const attempt = attemptAfter([...histories.open, ...later]);
    if (attempt.status === "unregistered") throw new Error("nobody is registered");
    return proctorView(attempt, firstAid);
  }
  const [one, two] = [noted(nine + minutes(5)), noted(nine + minutes(6))];
  const look = { type: "messageSent", text: "Is all well?" } as const;

  test("[I17] what was noted stays unattended until a proctor writes, warns or intervenes, and not the candidate", () => {
    expect(viewAfter(one, two).violations.unattended).toHaveLength(2);
    expect(viewAfter(one, at(nine + minutes(5.5), look, ada), two).violations.unattended).toHaveLength(2);
    expect(viewAfter(one, at(nine + minutes(5.5), look, lin), two).violations.unattended).toEqual([
      { severity: "medium", notedAt: nine + minutes(6), response: "notify-proctor" },
    ]);
    const given = at(nine + minutes(7), { type: "warned", text: "Look here" }, lin);
    expect(viewAfter(one, two, given).violations).toMatchObject({ count: 2, unattended: [] });
  });

  test("[I17] of very many only the latest travel", () => {
    const many = Array.from({ length: 30 }, (_, index) => noted(nine + minutes(5) + index));
    expect(viewAfter(...many).violations.unattended.at(0)?.notedAt).toBe(nine + minutes(5) + 10);
  });

  test("[I19] sensors that do not simply work are named with their state and reason, and the others are not", () => {
    const report = (sensor: "faces" | "speech", state: "working" | "degraded", reason: "slow" | null) =>
      at(nine + minutes(3), { type: "sensorReported", sensor, state, reason }, ada);
    expect(viewAfter(report("faces", "degraded", "slow"), report("speech", "working", null)).sensors).toEqual([
      { sensor: "faces", state: "degraded", reason: "slow", at: nine + minutes(3) },
    ]);
    const over = at(nine + minutes(9), { type: "handedIn", cause: "candidate" }, ada);
    expect(viewAfter(report("faces", "degraded", "slow"), one, over)).toMatchObject({
      sensors: [],
      violations: { count: 1, unattended: [] },
    });
  });
});
