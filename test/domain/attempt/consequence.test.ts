import { describe, expect, test } from "vitest";
import type { AttemptFact } from "#domain/attempt/event.ts";
import { stamp } from "#domain/attempt/stamp.ts";
import { candidateView } from "#domain/attempt/view.ts";
import type { ExamVersion } from "#domain/exam/exam-version.ts";
import type { SensorName, SensorState } from "#domain/integrity/sensor.ts";
import { type IntegrityRule, policyFrom, type PolicyResponse } from "#domain/integrity/policy.ts";
import { type LastingSignalKind, noDetail, type SignalKind } from "#domain/integrity/signal.ts";
import { firstAid } from "#test/domain/exam/first-aid.ts";
import { at, attemptAfter, contextOf, given, type Happening, type History, minutes, nine, seconds } from "./given.ts";
import { histories } from "./histories.ts";
import { ada, lin, session } from "./people.ts";

const ten = nine + minutes(10);
const deadline = nine + minutes(30);
const tick = { type: "tick" } as const;

function rule(response: PolicyResponse, windowMs = seconds(2)): IntegrityRule {
  return { windowMs, coolDownMs: seconds(10), severity: "high", response, evidence: [], tellsCandidate: true };
}

/** First aid under a policy of these responses and no others. */
function examWith(...rules: readonly (readonly [SignalKind, IntegrityRule])[]): ExamVersion {
  const integrity = { ...policyFrom("standard"), rules: Object.fromEntries(rules), reviewers: 2 as const };
  return { ...firstAid, integrity };
}

function began(kind: LastingSignalKind, since: number, subject?: string): Happening {
  const detail = subject === undefined ? noDetail : { ...noDetail, subject };
  return at(since, { type: "signalBegan", kind, since, detail }, ada);
}

const tools = examWith(["developer-tools", rule("hand-in")]);
const withTools: History = [...histories.open, began("developer-tools", ten)];
const noticed = ten + seconds(2);

/** What the law makes of a command, as events. */
function eventsAfter(history: History, exam: ExamVersion, now: number): readonly { by: string; fact: AttemptFact }[] {
  const attempt = attemptAfter(history);
  const context = contextOf(session, now, exam);
  const facts: AttemptFact[] = [];
  given(history, exam)
    .when(tick, session, now)
    .thenSee((decided) => facts.push(...decided));
  return stamp(attempt, facts, context).map(({ by, fact }) => ({ by: by.kind, fact }));
}

describe("a violation whose response is", () => {
  test("[I12] to hand in ends the attempt, scores what was saved, and holds the result for people", () => {
    const seq = attemptAfter(withTools).seq;
    const events = eventsAfter(withTools, tools, noticed);
    expect(events.map(({ fact }) => fact.type)).toEqual(["violationNoted", "handedIn", "scored", "heldForReview"]);
    expect(events[1]?.fact).toEqual({ type: "handedIn", cause: "policy" });
    const why = "The browser's developer tools seemed to be open for 2 seconds.";
    expect(events[3]?.fact).toEqual({ type: "heldForReview", why, violation: seq + 1, reviewers: 2 });
    expect(events.map(({ by }) => by)).toEqual(["system", "system", "system", "system"]);
  });

  test("[I12] to pause stops the clock until a proctor lets the candidate go on", () => {
    const exam = examWith(["screen-share-ended", rule("pause")]);
    const history = [...histories.open, began("screen-share-ended", ten)];
    const seq = attemptAfter(history).seq;
    const facts = eventsAfter(history, exam, noticed).map(({ fact }) => fact);
    expect(facts[1]).toEqual({
      type: "paused",
      reason: "Your screen is not shared any more. Please share it again.",
      violation: seq + 1,
    });
    const paused = [...history, ...facts.map((fact) => at(noticed, fact))];
    given(paused, exam)
      .when(tick, session, noticed + minutes(60))
      .thenNothing();
    given(paused, exam)
      .when({ type: "resume" }, lin, noticed + minutes(5))
      .thenSee((then) => expect(then[0]).toMatchObject({ type: "timeGiven", entry: { ms: minutes(5) } }));
  });

  test.each(["log", "warn", "notify-proctor"] as const)("[I12] to %s changes nothing else", (response) => {
    const exam = examWith(["developer-tools", rule(response)]);
    expect(eventsAfter(withTools, exam, noticed).map(({ fact }) => fact.type)).toEqual(["violationNoted"]);
  });

  test("[I12] the stronger of two at one moment is the one that counts", () => {
    const exam = examWith(["developer-tools", rule("hand-in")], ["tab-hidden", rule("pause")]);
    const history = [...histories.open, began("tab-hidden", ten), began("developer-tools", ten)];
    const facts = eventsAfter(history, exam, noticed).map(({ fact }) => fact);
    expect(facts.map(({ type }) => type)).toEqual([
      "violationNoted",
      "violationNoted",
      "handedIn",
      "scored",
      "heldForReview",
    ]);
    expect(facts[4]).toMatchObject({ violation: attemptAfter(history).seq + 2 });
  });

  test("[I12] at the deadline the deadline hands in, and what is to be held is held", () => {
    const late = [...histories.open, began("developer-tools", deadline - seconds(3))];
    const facts = eventsAfter(late, tools, deadline + seconds(1)).map(({ fact }) => fact);
    expect(facts.map(({ type }) => type)).toEqual(["violationNoted", "handedIn", "heldForReview"]);
    expect(facts[1]).toEqual({ type: "handedIn", cause: "deadline" });
    const paused = examWith(["developer-tools", rule("pause")]);
    expect(eventsAfter(late, paused, deadline + seconds(1)).map(({ fact }) => fact.type)).toEqual([
      "violationNoted",
      "handedIn",
    ]);
  });

  test("[I12] to hand in keeps beside the score what was made before and came after", () => {
    const facts = eventsAfter(withTools, tools, noticed).map((event) => at(noticed, event.fact));
    const answer = { type: "saveAnswer", itemId: firstAid.sections[0]!.items[0]!.id, response: null } as const;
    const after = given([...withTools, ...facts], tools);
    after
      .when({ ...answer, agoMs: 1_000 }, ada, noticed + 500)
      .thenSee(([fact]) => expect(fact).toMatchObject({ type: "answerKept", madeAt: noticed - 500 }));
    after.when({ ...answer, agoMs: 0 }, ada, noticed + 500).thenRefused("handed-in");
  });
});

describe("a signal that the policy does not look for", () => {
  const exam = examWith(["developer-tools", rule("log")]);

  test("[I11] is not kept, whatever the page tells", () => {
    const begin = { type: "beginSignal", detail: noDetail, agoMs: 0 } as const;
    given(histories.open, exam)
      .when({ ...begin, kind: "speech" }, ada, ten)
      .thenNothing();
    given(histories.open, exam)
      .when({ type: "reportMoment", kind: "pasted", detail: noDetail, agoMs: 0 }, ada, ten)
      .thenNothing();
    given(histories.open, exam)
      .when({ ...begin, kind: "developer-tools" }, ada, ten)
      .thenSee((facts) => expect(facts).toHaveLength(1));
  });

  test("[I11] is kept where it is a lost connection: the session sees that itself, and may give the time back", () => {
    given(histories.open, exam)
      .when({ type: "loseConnection", agoMs: 0 }, session, ten)
      .thenSee((facts) => expect(facts).toHaveLength(1));
  });
});

describe("the candidate", () => {
  function messagesAfter(response: PolicyResponse) {
    const exam = examWith(["developer-tools", rule(response)]);
    const facts = eventsAfter(withTools, exam, noticed).map(({ fact }) => at(noticed, fact, ada));
    const attempt = attemptAfter([...withTools, ...facts]);
    return attempt.status === "unregistered" ? [] : candidateView(attempt, exam).messages;
  }

  test("[I13] reads a notice from the session", () => {
    expect(messagesAfter("notify-proctor")).toMatchObject([
      { kind: "notice", from: "system", text: "The browser's developer tools are open. Please close them." },
    ]);
  });

  test("[I13] acknowledges a warning", () => {
    expect(messagesAfter("warn")).toMatchObject([{ kind: "warning", from: "system", acknowledged: false }]);
    const exam = examWith(["developer-tools", rule("warn")]);
    const facts = eventsAfter(withTools, exam, noticed).map(({ fact }) => at(noticed, fact, ada));
    const seq = attemptAfter(withTools).seq + 1;
    given([...withTools, ...facts], exam)
      .when({ type: "acknowledgeWarning", warning: seq }, ada, noticed + 5)
      .then([{ type: "warningAcknowledged", warning: seq }]);
  });

  test("[I20] is sent the latest fifty of the session's words, and everything that people wrote", () => {
    const exam = examWith(["pasted", { ...rule("notify-proctor", 0), coolDownMs: 0 }]);
    const pasted = { type: "reportMoment", kind: "pasted", detail: noDetail, agoMs: 0 } as const;
    const wrote = at(ten - 2, { type: "messageSent", text: "May I have water?" }, ada);
    const warned = at(ten - 1, { type: "warned", text: "Please look at the screen." }, lin);
    const history: History[number][] = [...histories.open, wrote, warned];
    for (let time = ten; time < ten + 60; time += 1) {
      given(history, exam)
        .when(pasted, ada, time)
        .thenSee((facts) => history.push(...facts.map((fact) => at(time, fact, session))));
    }
    const attempt = attemptAfter(history);
    if (attempt.status === "unregistered") throw new Error("Ada is registered");
    const { messages } = candidateView(attempt, exam);
    expect(attempt.file.violations).toHaveLength(60);
    expect(messages.map(({ from }) => from)).toEqual(["candidate", "proctor", ...Array<string>(50).fill("system")]);
    expect(messages.slice(2).map((message) => message.at)).toEqual(Array.from({ length: 50 }, (_, n) => ten + 10 + n));
  });

  test("[I14] brings about what the session then writes as its own doing", () => {
    const pasted = { type: "reportMoment", kind: "pasted", detail: noDetail, agoMs: 0 } as const;
    const exam = examWith(["pasted", rule("hand-in", 0)]);
    given(histories.open, exam)
      .when(pasted, ada, ten)
      .thenSee((facts) => {
        const events = stamp(attemptAfter(histories.open), facts, contextOf(ada, ten, exam));
        expect(events.map(({ by, fact }) => [by.kind, fact.type])).toEqual([
          ["system", "violationNoted"],
          ["system", "handedIn"],
          ["candidate", "scored"],
          ["system", "heldForReview"],
        ]);
      });
  });
});

describe("a sensor", () => {
  function report(sensor: SensorName, state: SensorState) {
    return { type: "reportSensor", sensor, state, reason: null } as const;
  }
  const lost: History = [
    ...histories.open,
    at(ten, { type: "sensorReported", sensor: "faces", state: "lost", reason: null }, ada),
    began("sensor-lost", ten, "faces"),
  ];

  test("[I41] that is lost is a signal, and each of several is one of its own", () => {
    given(histories.open)
      .when(report("faces", "lost"), ada, ten)
      .then([
        { type: "sensorReported", sensor: "faces", state: "lost", reason: null },
        { type: "signalBegan", kind: "sensor-lost", since: ten, detail: { ...noDetail, subject: "faces" } },
      ]);
    given(lost)
      .when(report("microphone", "lost"), ada, ten + 1)
      .thenSee((facts) => expect(facts[1]).toMatchObject({ detail: { subject: "microphone" } }));
    given(lost)
      .when(report("faces", "lost"), ada, ten + 1)
      .thenNothing();
  });

  test("[I41] that works again ends its own loss and no other", () => {
    const both = [...lost, began("sensor-lost", ten + 1, "microphone")];
    const ended = { type: "signalEnded", kind: "sensor-lost", until: ten + seconds(3), subject: "faces" } as const;
    given(both)
      .when(report("faces", "working"), ada, ten + seconds(3))
      .then([{ type: "sensorReported", sensor: "faces", state: "working", reason: null }, ended]);
    const after = attemptAfter([...both, at(ten + seconds(3), ended)]);
    expect(after.status === "open" && after.file.conditions.map(({ detail }) => detail.subject)).toEqual([
      "microphone",
    ]);
  });

  test("[I41] that is lost is noted when its window has passed, and the page cannot end it otherwise", () => {
    given(lost)
      .when({ type: "endSignal", kind: "sensor-lost", agoMs: 0 }, ada, ten + seconds(1))
      .thenRefused("not-permitted");
    given(lost)
      .when(tick, session, ten + seconds(10))
      .thenSee(([fact]) =>
        expect(fact).toMatchObject({ type: "violationNoted", violation: { kind: "sensor-lost", subject: "faces" } }),
      );
  });

  test("[A102] is not missed where nothing that it notices counts", () => {
    const excused = { type: "accommodated", accommodations: { allowances: [], exceptions: [] } } as const;
    const exceptions = [{ kind: "no-camera", reason: "A person watches" } as const];
    const history = [...lost, at(ten, { ...excused, accommodations: { allowances: [], exceptions } }, lin)];
    given(history)
      .when(tick, session, ten + seconds(10))
      .thenNothing();
    given([...history, began("sensor-lost", ten, "microphone")])
      .when(tick, session, ten + seconds(10))
      .thenSee((facts) => expect(facts).toHaveLength(1));
  });
});

describe("a second session", () => {
  const exam = examWith(["second-session", rule("notify-proctor", 0)]);
  const writing = at(nine, { type: "writerChanged", page: "first-page", how: "first" });

  test("[I55] is noted when a page comes beside the one that writes, and not when it comes back", () => {
    const beside = { type: "attend", page: "second-page", isReading: false, isWriterHere: true } as const;
    const history = [...histories.open, writing];
    given(history, exam)
      .when(beside, session, ten)
      .thenSee(([fact]) => expect(fact).toMatchObject({ violation: { kind: "second-session" } }));
    given(history, exam)
      .when({ ...beside, isReading: true }, session, ten)
      .thenNothing();
    given(history, exam)
      .when({ ...beside, page: "first-page" }, session, ten)
      .thenNothing();
  });

  test("[I55] is noted when another browser wants to go on", () => {
    given(histories.open, exam)
      .when({ type: "goOnElsewhere", browser: "another-browser" }, session, ten)
      .thenSee((facts) => {
        expect(facts.map(({ type }) => type)).toEqual(["violationNoted", "takeOverAsked"]);
      });
  });
});
