import { describe, expect, test } from "vitest";
import type { AttemptFact } from "#domain/attempt/event.ts";
import { nextWakeAt } from "#domain/attempt/tick.ts";
import type { Violation } from "#domain/integrity/judge.ts";
import { type LastingSignalKind, noDetail } from "#domain/integrity/signal.ts";
import { firstAid } from "#test/domain/exam/first-aid.ts";
import { at, attemptAfter, type Happening, given, type History, minutes, nine, seconds } from "./given.ts";
import { histories, outOfTime } from "./histories.ts";
import { ada, session } from "./people.ts";

const tick = { type: "tick" } as const;
const ten = nine + minutes(10);
const deadline = nine + minutes(30);

function began(kind: LastingSignalKind, since: number): AttemptFact {
  return { type: "signalBegan", kind, since, detail: noDetail };
}

function ended(kind: LastingSignalKind, until: number): AttemptFact {
  return { type: "signalEnded", kind, until };
}

/** What follows in an exam from before policies could say it: it is logged. */
const logged = { response: "log", evidence: [] } as const;

/** In the standard policy the page may be hidden for half a second, and is noted again after five. */
function hidden(from: number, notedAt: number, reason: string): AttemptFact {
  const rule = "The exam page stays in view.";
  const violation: Violation = {
    kind: "tab-hidden",
    severity: "medium",
    reason,
    rule,
    from,
    notedAt,
    confidence: null,
    ...logged,
  };
  return { type: "violationNoted", violation };
}

const oneSecond = "The exam page was hidden for 1 second.";

function whileHidden(since: number): History {
  return [...histories.open, at(since, began("tab-hidden", since), ada)];
}

function wakeAfter(history: History) {
  return nextWakeAt(attemptAfter(history), firstAid);
}

describe("open", () => {
  test("[A40] a signal is noted when it begins, and beginning again changes nothing", () => {
    const detail = { count: 2, confidence: 0.9 };
    given(histories.open)
      .when({ type: "beginSignal", kind: "several-faces", detail, agoMs: 0 }, ada, ten)
      .then([{ type: "signalBegan", kind: "several-faces", since: ten, detail }]);
    given(whileHidden(ten))
      .when({ type: "beginSignal", kind: "tab-hidden", detail: noDetail, agoMs: 0 }, ada, ten + 9)
      .thenNothing();
    given(whileHidden(ten))
      .when({ type: "beginSignal", kind: "no-face", detail: noDetail, agoMs: 0 }, ada, ten + 9)
      .then([began("no-face", ten + 9)]);
  });

  test.each([
    { agoMs: 1400, since: ten - 1400 },
    { agoMs: 1400.4, since: ten - 1400 },
    { agoMs: -5, since: ten },
    { agoMs: minutes(30), since: ten - minutes(30) },
    { agoMs: minutes(30) + 1, since: ten - minutes(30) },
    { agoMs: Number.MAX_VALUE, since: ten - minutes(30) },
  ])("[A45] a signal that began $agoMs ms ago is dated $since", ({ agoMs, since }) => {
    given(histories.open)
      .when({ type: "beginSignal", kind: "no-face", detail: noDetail, agoMs }, ada, ten)
      .then([began("no-face", since)]);
  });

  test("[A24] time turns a signal that goes on into a violation, when its window has passed", () => {
    given(whileHidden(ten))
      .when(tick, session, ten + 499)
      .thenNothing();
    given(whileHidden(ten))
      .when(tick, session, ten + 500)
      .then([hidden(ten, ten + 500, oneSecond)]);
  });

  test("[A25] the window's end is the next thing to happen, unless the deadline is nearer", () => {
    expect(wakeAfter(whileHidden(ten))).toBe(ten + 500);
    expect(wakeAfter([...whileHidden(ten), at(ten, began("several-faces", ten))])).toBe(ten + 500);
    expect(wakeAfter(whileHidden(deadline - 400))).toBe(deadline);
    const noted = [...whileHidden(ten), at(ten + 500, hidden(ten, ten + 500, oneSecond))];
    expect(wakeAfter(noted)).toBe(deadline);
  });

  test("[A28] a tick at the same moment again finds nothing to do", () => {
    const noted = [...whileHidden(ten), at(ten + 500, hidden(ten, ten + 500, oneSecond))];
    given(noted)
      .when(tick, session, ten + 500)
      .thenNothing();
    given(noted)
      .when(tick, session, ten + minutes(9))
      .thenNothing();
  });

  test("[A41] a signal that ends before its window has passed leaves no violation", () => {
    given(whileHidden(ten))
      .when({ type: "endSignal", kind: "tab-hidden", agoMs: 0 }, ada, ten + 499)
      .then([ended("tab-hidden", ten + 499)]);
  });

  test("[A41] a signal that lasted while nobody was awake is judged when it ends, by how long it was", () => {
    given(whileHidden(ten))
      .when({ type: "endSignal", kind: "tab-hidden", agoMs: seconds(60) }, ada, ten + seconds(67))
      .then([
        hidden(ten, ten + seconds(7), "The exam page was hidden for 7 seconds."),
        ended("tab-hidden", ten + seconds(7)),
      ]);
  });

  test("[A41] what was noted already is not noted again at its end", () => {
    given([...whileHidden(ten), at(ten + 500, hidden(ten, ten + 500, oneSecond))])
      .when({ type: "endSignal", kind: "tab-hidden", agoMs: 0 }, ada, ten + seconds(9))
      .then([ended("tab-hidden", ten + seconds(9))]);
  });

  test("[A41] a signal cannot end before it began, and one that is not there cannot end", () => {
    given(whileHidden(ten))
      .when({ type: "endSignal", kind: "tab-hidden", agoMs: minutes(5) }, ada, ten + 100)
      .then([ended("tab-hidden", ten)]);
    given(whileHidden(ten)).when({ type: "endSignal", kind: "no-face", agoMs: 0 }, ada, ten).thenNothing();
  });

  test("[I4] the same kind within the cool-down waits until it is over, if it lasts that long", () => {
    const again = ten + seconds(2);
    const cooled = ten + 500 + seconds(5);
    const history: History = [
      ...whileHidden(ten),
      at(ten + 500, hidden(ten, ten + 500, oneSecond)),
      at(ten + 600, ended("tab-hidden", ten + 600)),
      at(again, began("tab-hidden", again)),
    ];
    expect(wakeAfter(history)).toBe(cooled);
    given(history)
      .when(tick, session, cooled - 1)
      .thenNothing();
    given(history)
      .when(tick, session, cooled)
      .then([hidden(again, cooled, "The exam page was hidden for 4 seconds.")]);
  });

  test("[A24] what was sustained at the deadline is noted before the hand-in, and measured up to the deadline", () => {
    given(whileHidden(deadline - 1000))
      .when(tick, session, deadline + seconds(3))
      .then([hidden(deadline - 1000, deadline, oneSecond), { type: "handedIn", cause: "deadline" }]);
    given(whileHidden(deadline - 400))
      .when(tick, session, deadline + seconds(3))
      .then([{ type: "handedIn", cause: "deadline" }]);
  });

  test("[A43] a moment is judged at once, and again only after the cool-down", () => {
    const paste = { type: "reportMoment", kind: "pasted", detail: { count: 212, confidence: null }, agoMs: 0 } as const;
    const violation: Violation = {
      kind: "pasted",
      severity: "medium",
      reason: "Text was pasted into the exam (212 characters).",
      rule: "Answers are typed, not pasted.",
      ...logged,
      from: ten,
      notedAt: ten,
      confidence: null,
    };
    const noted: AttemptFact = { type: "violationNoted", violation };
    given(histories.open).when(paste, ada, ten).then([noted]);
    const once = given([...histories.open, at(ten, noted)]);
    once.when(paste, ada, ten + 1999).thenNothing();
    const from = ten + 2000;
    once.when(paste, ada, from).then([{ ...noted, violation: { ...violation, from, notedAt: from } }]);
  });

  test("[A42] a moment from before the opening does not count", () => {
    const paste = { type: "reportMoment", kind: "pasted", detail: noDetail, agoMs: minutes(11) } as const;
    given(histories.open).when(paste, ada, ten).thenNothing();
  });

  test("[A44] the page cannot say it: neither that the connection is lost nor that it is back", () => {
    const kind = "connection-lost";
    given(histories.open)
      .when({ type: "beginSignal", kind, detail: noDetail, agoMs: 0 }, ada, ten)
      .thenRefused("not-permitted");
    given([...histories.open, at(ten, began(kind, ten))])
      .when({ type: "endSignal", kind, agoMs: minutes(5) }, ada, ten + seconds(9))
      .thenRefused("not-permitted");
  });

  test("[A44] a lost connection begins a signal, and its end is judged by how long it was", () => {
    given(histories.open)
      .when({ type: "loseConnection", agoMs: 0 }, session, ten)
      .then([began("connection-lost", ten)]);
    const lost: History = [...histories.open, at(ten, began("connection-lost", ten))];
    given(lost)
      .when({ type: "loseConnection", agoMs: 0 }, session, ten + 5)
      .thenNothing();
    given(lost)
      .when({ type: "regainConnection" }, session, ten + seconds(4))
      .then([ended("connection-lost", ten + seconds(4))]);
    const violation: Violation = {
      kind: "connection-lost",
      severity: "low",
      reason: "The connection was lost for 9 seconds.",
      rule: "The page is connected.",
      ...logged,
      from: ten,
      notedAt: ten + seconds(9),
      confidence: null,
    };
    given(lost)
      .when({ type: "regainConnection" }, session, ten + seconds(9))
      .then([{ type: "violationNoted", violation }, ended("connection-lost", ten + seconds(9))]);
  });
});

describe("not open", () => {
  const early: Happening = at(nine - minutes(1), began("tab-hidden", nine - minutes(1)), ada);

  test("[A46] signals are taken from consent on", () => {
    const begin = { type: "beginSignal", kind: "no-face", detail: noDetail, agoMs: 0 } as const;
    given(histories.registered).when(begin, ada, nine).thenRefused("not-consented");
    given(histories.consented)
      .when(begin, ada, nine)
      .then([began("no-face", nine)]);
    given(histories["handed-in"]).when(begin, ada, ten).thenRefused("handed-in");
  });

  test("[A42] before the paper is open nothing is judged, however long it lasts", () => {
    const waiting = given([...histories.waiting, early]);
    waiting.when(tick, session, nine).thenNothing();
    waiting.when({ type: "endSignal", kind: "tab-hidden", agoMs: 0 }, ada, nine).then([ended("tab-hidden", nine)]);
  });

  test("[A42] a signal that lasts into the paper counts from the opening", () => {
    const [paperOpened, base] = histories.open.slice(-2);
    const opened: History = [...histories.admitted, early, paperOpened!, base!];
    given(opened)
      .when(tick, session, nine + 499)
      .thenNothing();
    given(opened)
      .when(tick, session, nine + 500)
      .then([hidden(nine, nine + 500, oneSecond)]);
  });

  test("[A42] a signal that lasts through a pause counts from the resuming", () => {
    const resumedAt = nine + minutes(9);
    const paused: History = [...histories.paused, at(nine + minutes(6), began("tab-hidden", nine + minutes(6)), ada)];
    given(paused)
      .when(tick, session, nine + minutes(8))
      .thenNothing();
    given(paused)
      .when({ type: "endSignal", kind: "tab-hidden", agoMs: 0 }, ada, nine + minutes(8))
      .then([ended("tab-hidden", nine + minutes(8))]);
    const resumed: History = [...paused, at(resumedAt, { type: "resumed" })];
    given(resumed)
      .when(tick, session, resumedAt + 499)
      .thenNothing();
    given(resumed)
      .when(tick, session, resumedAt + 500)
      .then([hidden(resumedAt, resumedAt + 500, oneSecond)]);
  });

  test("[A42] after the end a signal's end is kept and judged no more", () => {
    const history: History = [...whileHidden(nine + minutes(29)), ...outOfTime.slice(-1)];
    given(history)
      .when({ type: "endSignal", kind: "tab-hidden", agoMs: 0 }, ada, deadline + seconds(5))
      .then([ended("tab-hidden", deadline + seconds(5))]);
  });
});
