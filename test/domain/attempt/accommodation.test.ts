import { describe, expect, test } from "vitest";
import type { Command } from "#domain/attempt/command.ts";
import type { TimeEntry } from "#domain/attempt/deadline.ts";
import type { AttemptFact } from "#domain/attempt/event.ts";
import { nextWakeAt } from "#domain/attempt/tick.ts";
import { candidateView, proctorView } from "#domain/attempt/view.ts";
import type { Accommodations, Allowance, ExceptionKind } from "#domain/exam/accommodation.ts";
import type { Violation } from "#domain/integrity/judge.ts";
import { noDetail, type SignalKind } from "#domain/integrity/signal.ts";
import { firstAid } from "#test/domain/exam/first-aid.ts";
import { at, attemptAfter, given, type History, minutes, nine, seconds } from "./given.ts";
import { adaRegistered, consentGiven, goodDevices, histories } from "./histories.ts";
import { ada, lin, session } from "./people.ts";

const quarter: Allowance = { kind: "multiplier", factor: 1.25, reason: "Dyslexia" };
const ten: Allowance = { kind: "minutes", minutes: 10, reason: "Screen reader" };

function arrange(accommodations: Partial<Accommodations>): Command & { type: "accommodate" } {
  return { type: "accommodate", accommodations: { allowances: [], exceptions: [], ...accommodations } };
}

function arranged(accommodations: Partial<Accommodations>): AttemptFact {
  return { type: "accommodated", accommodations: { allowances: [], exceptions: [], ...accommodations } };
}

function exception(kind: ExceptionKind) {
  return { kind, reason: "Reason" };
}

/** The history with this arranged right after registration. */
function after(history: History, accommodations: Partial<Accommodations>): History {
  return [adaRegistered, at(nine - minutes(60), arranged(accommodations), lin), ...history.slice(1)];
}

describe("what is arranged for a candidate", () => {
  test("[A100] replaces what was arranged before, each with its reason", () => {
    const both = { allowances: [quarter, ten], exceptions: [exception("may-speak")] };
    given(histories.registered)
      .when(arrange({ allowances: [{ ...quarter, reason: " Dyslexia " }] }), lin, nine)
      .then([arranged({ allowances: [quarter] })]);
    given(after(histories.waiting, both))
      .when(arrange({ allowances: [ten] }), lin, nine)
      .then([arranged({ allowances: [ten] })]);
    given(after(histories.waiting, both)).when(arrange(both), lin, nine).thenNothing();
    expect(attemptAfter([...after(histories.waiting, both), arranged({ allowances: [ten] })])).toMatchObject({
      file: { allowances: [ten], exceptions: [] },
    });
  });

  test.each(["factor", "minutes"] as const)("[A100] an allowance gives time, and no more than it may: %s", (kind) => {
    const bad = kind === "factor" ? [1, 0.5, 3.01, -1, Number.NaN] : [0, -5, 241, 2.5, Number.NaN];
    const good = kind === "factor" ? [1.001, 3] : [1, 240];
    const of = (value: number): Allowance =>
      kind === "factor"
        ? { kind: "multiplier", factor: value, reason: "R" }
        : { kind: "minutes", minutes: value, reason: "R" };
    for (const value of bad) {
      given(histories.registered)
        .when(arrange({ allowances: [of(value)] }), lin, nine)
        .thenRefused("bad-amount");
    }
    for (const value of good) {
      given(histories.registered)
        .when(arrange({ allowances: [of(value)] }), lin, nine)
        .then([arranged({ allowances: [of(value)] })]);
    }
  });

  test("[A100] nothing is arranged without a reason", () => {
    given(histories.registered)
      .when(arrange({ allowances: [{ ...ten, reason: " " }] }), lin, nine)
      .thenRefused("empty-text");
    given(histories.registered)
      .when(arrange({ exceptions: [{ kind: "may-speak", reason: "" }] }), lin, nine)
      .thenRefused("empty-text");
  });

  test.each(["open", "paused"] as const)("[A100] while %s allowances are fixed, and exceptions are not", (status) => {
    const history = after(histories[status], { allowances: [ten] });
    given(history)
      .when(arrange({ allowances: [quarter] }), lin, nine)
      .thenRefused("already-open");
    given(history).when(arrange({}), lin, nine).thenRefused("already-open");
    const more = { allowances: [ten], exceptions: [exception("may-speak")] };
    given(history)
      .when(arrange(more), lin, nine)
      .then([arranged(more)]);
  });

  test("[A101] becomes lines of the ledger when the paper opens, with who granted it, when and why", () => {
    const entry = (kind: TimeEntry["kind"], ms: number, reason: string): AttemptFact => ({
      type: "timeGiven",
      entry:
        kind === "base"
          ? { kind, ms, at: nine, by: ada.actor, reason }
          : { kind, ms, at: nine - minutes(60), by: lin.actor, reason },
    });
    given(after(histories.admitted, { allowances: [quarter, ten] }))
      .when({ type: "openPaper" }, ada, nine)
      .then([
        { type: "paperOpened" },
        entry("base", minutes(30), "Duration of the exam"),
        entry("allowance", minutes(7.5), "Dyslexia"),
        entry("allowance", minutes(10), "Screen reader"),
      ]);
  });

  test("[A101] a factor gives whole milliseconds", () => {
    given(after(histories.admitted, { allowances: [{ ...quarter, factor: 1.0000001 }] }), {
      ...firstAid,
      durationMs: 7_000_001,
    })
      .when({ type: "openPaper" }, ada, nine)
      .then([
        { type: "paperOpened" },
        {
          type: "timeGiven",
          entry: { kind: "base", ms: 7_000_001, at: nine, by: ada.actor, reason: "Duration of the exam" },
        },
        {
          type: "timeGiven",
          entry: { kind: "allowance", ms: 1, at: nine - minutes(60), by: lin.actor, reason: "Dyslexia" },
        },
      ]);
  });

  test("[A101] is told to the candidate before the exam, as the time that it will add", () => {
    const attempt = attemptAfter(after(histories.admitted, { allowances: [quarter, ten] }));
    if (attempt.status === "unregistered") throw new Error("not registered");
    expect(candidateView(attempt, firstAid).allowedMs).toBe(minutes(17.5));
  });

  test("[A93] is told to both sides, and its reason to neither", () => {
    const attempt = attemptAfter(after(histories.open, { exceptions: [exception("no-camera")] }));
    if (attempt.status === "unregistered") throw new Error("not registered");
    expect(candidateView(attempt, firstAid).exceptions).toEqual(["no-camera"]);
    expect(proctorView(attempt, firstAid).exceptions).toEqual(["no-camera"]);
  });
});

describe("exceptions", () => {
  const anyViolation = expect.anything() as Violation;
  const cases: readonly (readonly [
    ExceptionKind,
    Extract<SignalKind, "full-screen-left" | "camera-ended" | "no-face" | "several-faces">,
  ])[] = [
    ["may-leave-full-screen", "full-screen-left"],
    ["no-camera", "camera-ended"],
    ["no-camera", "no-face"],
    ["no-camera", "several-faces"],
  ];
  test.each(cases)("[A102] who has %s is not blamed for %s, and nothing wakes for it", (kind, signal) => {
    const began: AttemptFact = { type: "signalBegan", kind: signal, since: nine, detail: noDetail };
    const excused = [...after(histories.open, { exceptions: [exception(kind)] }), began];
    const blamed = [...histories.open, began];
    given(excused)
      .when({ type: "tick" }, session, nine + minutes(1))
      .thenNothing();
    expect(nextWakeAt(attemptAfter(excused), firstAid)).toBe(nine + minutes(30));
    expect(nextWakeAt(attemptAfter(blamed), firstAid)).toBeLessThan(nine + seconds(10));
    given(blamed)
      .when({ type: "tick" }, session, nine + minutes(1))
      .then([{ type: "violationNoted", violation: anyViolation }]);
  });

  test("[A102] excuse nothing else", () => {
    const began: AttemptFact = { type: "signalBegan", kind: "tab-hidden", since: nine, detail: noDetail };
    const excused = after(histories.open, { exceptions: [exception("no-camera"), exception("may-leave-full-screen")] });
    given([...excused, began])
      .when({ type: "tick" }, session, nine + minutes(1))
      .then([{ type: "violationNoted", violation: anyViolation }]);
  });

  test.each([
    ["no-camera", { ...goodDevices, camera: "failed" }, "checked"],
    ["may-leave-full-screen", { ...goodDevices, fullScreen: "failed" }, "checked"],
    ["may-leave-full-screen", { ...goodDevices, camera: "failed" }, "consented"],
    ["may-speak", { ...goodDevices, microphone: "failed" }, "consented"],
    ["no-camera", { ...goodDevices, screen: "failed" }, "consented"],
  ] as const)("[A103] with %s a check with these results leaves the attempt as it says", (kind, check, status) => {
    const history: History = [
      adaRegistered,
      arranged({ exceptions: [exception(kind)] }),
      consentGiven,
      { type: "deviceChecked", check },
    ];
    expect(attemptAfter(history).status).toBe(status);
  });
});
