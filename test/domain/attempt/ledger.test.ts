import { describe, expect, test } from "vitest";
import type { Command } from "#domain/attempt/command.ts";
import { deadlineOf, type TimeEntry } from "#domain/attempt/deadline.ts";
import type { AttemptFact } from "#domain/attempt/event.ts";
import { nextWakeAt } from "#domain/attempt/tick.ts";
import { candidateView, proctorView } from "#domain/attempt/view.ts";
import { type EpochMs, noDetail } from "#domain/integrity/signal.ts";
import { recovery } from "#test/domain/exam/first-aid.ts";
import { at, attemptAfter, given, type Happening, type History, minutes, nine, seconds } from "./given.ts";
import { adaRegistered, histories, recoveryId, scoredWith } from "./histories.ts";
import { ada, lin, type Person, session } from "./people.ts";
import { timedExam } from "./timed-exam.ts";

const open = histories.open;

function lineOf(kind: TimeEntry["kind"], ms: number, when: EpochMs, by: Person, reason: string): AttemptFact {
  return { type: "timeGiven", entry: { kind, ms, at: when, by: by.actor, reason } };
}

function extra(ms: number, when = nine): Happening {
  return at(when, lineOf("extra", ms, when, lin, "The network failed"), lin);
}

function deadlineAfter(history: History): EpochMs | null {
  const attempt = attemptAfter(history);
  return "work" in attempt ? deadlineOf(attempt.work.openedAt, attempt.work.ledger) : null;
}

describe("time taken back", () => {
  const withExtra: History = [...open, extra(minutes(40))];
  const withdraw = (entry: number, reason = "Meant 4"): Command => ({ type: "withdrawTime", entry, reason });
  const withdrawn = (when: EpochMs): AttemptFact => ({
    type: "timeGiven",
    entry: { kind: "withdrawn", ms: -minutes(40), at: when, by: lin.actor, reason: "Meant 4", withdraws: 1 },
  });

  test("[A104] is one line of extra time, by a named proctor, with a reason", () => {
    given(withExtra)
      .when(withdraw(1, " Meant 4 "), lin, nine + minutes(1))
      .then([withdrawn(nine + minutes(1))]);
    given(withExtra).when(withdraw(1, " "), lin, nine).thenRefused("empty-text");
    expect(deadlineAfter([...withExtra, withdrawn(nine)])).toBe(nine + minutes(30));
  });

  test("[A104] is taken back once", () => {
    given([...withExtra, withdrawn(nine)])
      .when(withdraw(1), lin, nine)
      .thenNothing();
  });

  test.each([0, 2, 99])("[A104] line %i is no extra time that could be taken back", (entry) => {
    given([...open, extra(minutes(40)), at(nine, lineOf("pause", 5, nine, lin, "Paused"), lin)])
      .when(withdraw(entry), lin, nine)
      .thenRefused("no-such-entry");
  });

  test.each(["candidate", "session"] as const)("[A104] the %s takes nothing back", (who) => {
    given(withExtra)
      .when(withdraw(1), who === "candidate" ? ada : session, nine)
      .thenRefused("not-permitted");
  });

  test("[A104] leaves at least a minute, also of a clock that stands still", () => {
    given(withExtra)
      .when(withdraw(1), lin, nine + minutes(29))
      .then([withdrawn(nine + minutes(29))]);
    given(withExtra)
      .when(withdraw(1), lin, nine + minutes(29) + 1)
      .thenRefused("bad-amount");
    const paused: History = [...withExtra, at(nine + minutes(29), { type: "paused", reason: "Alarm" }, lin)];
    given(paused)
      .when(withdraw(1), lin, nine + minutes(60))
      .then([withdrawn(nine + minutes(60))]);
  });

  test("[A93] staff read who gave a line, the candidate only the role", () => {
    const attempt = attemptAfter([...withExtra, withdrawn(nine)]);
    if (attempt.status === "unregistered") throw new Error("not registered");
    const line = { kind: "extra", by: "proctor", isWithdrawn: true, reason: "The network failed" };
    expect(candidateView(attempt, timedExam).time?.entries[1]).toMatchObject({ ...line, name: null });
    expect(proctorView(attempt, timedExam).time?.entries[1]).toMatchObject({ ...line, name: "Lin" });
  });
});

describe("a lost connection", () => {
  const from = nine + minutes(5);
  const lostFor = (ms: number, since = from): History => [
    at(since, { type: "signalBegan", kind: "connection-lost", since, detail: noDetail }),
    at(since + ms, { type: "signalEnded", kind: "connection-lost", until: since + ms }),
  ];
  const credit = (ms: number, when: EpochMs) => lineOf("outage", ms, when, session, "The connection was lost");
  function report(since: EpochMs, until: EpochMs, now: EpochMs): Command {
    return { type: "reportOutage", beganAgoMs: now - since, endedAgoMs: now - until };
  }

  test("[A105] is credited for as long as both sides saw it", () => {
    const back = from + seconds(60);
    given([...open, ...lostFor(seconds(60))], timedExam)
      .when(report(from - seconds(3), back, back), ada, back)
      .then([credit(seconds(60), back)]);
    given([...open, ...lostFor(seconds(60))], timedExam)
      .when(report(from + seconds(10.0004), back - seconds(5), back), ada, back)
      .then([credit(seconds(45), back)]);
  });

  test("[A106] is not credited where the exam says nothing about it", () => {
    const back = from + seconds(60);
    given([...open, ...lostFor(seconds(60))])
      .when(report(from, back, back), ada, back)
      .thenNothing();
  });

  test("[A106] is credited once, and in all no more than the exam allows", () => {
    const back = from + minutes(2);
    const credited: History = [...open, ...lostFor(minutes(2)), at(back, credit(minutes(2), back))];
    given(credited, timedExam)
      .when(report(from, back, back + 1), ada, back + 1)
      .thenNothing();
    const again = from + minutes(10);
    given([...credited, ...lostFor(minutes(2), again)], timedExam)
      .when(report(again, again + minutes(2), again + minutes(2)), ada, again + minutes(2))
      .then([credit(minutes(1), again + minutes(2))]);
  });

  test("[A107] that the session did not see is not credited", () => {
    given(open, timedExam)
      .when(report(from, from + minutes(2), from + minutes(2)), ada, from + minutes(2))
      .thenNothing();
    given([...open, ...lostFor(seconds(60))], timedExam)
      .when(report(nine + seconds(1), nine + seconds(40), from + seconds(60)), ada, from + seconds(60))
      .thenNothing();
    given([...open, ...lostFor(seconds(60))], timedExam)
      .when(report(from + seconds(60), from, from + seconds(60)), ada, from + seconds(60))
      .thenNothing();
  });

  test("[A105] is not credited while the clock stood still", () => {
    const resumed = from + seconds(40);
    const history: History = [
      ...open,
      ...lostFor(seconds(60)).slice(0, 1),
      at(from + seconds(10), { type: "paused", reason: "Alarm" }, lin),
      at(resumed, lineOf("pause", seconds(30), resumed, lin, "Paused: Alarm"), lin),
      at(resumed, { type: "resumed" }, lin),
      ...lostFor(seconds(60)).slice(1),
    ];
    const back = from + seconds(60);
    given(history, timedExam)
      .when(report(from, back, back), ada, back)
      .then([credit(seconds(20), back)]);
  });

  test("[A105] before a pause is credited during it", () => {
    const history: History = [
      ...open,
      ...lostFor(seconds(60)),
      at(from + seconds(60), { type: "paused", reason: "Alarm" }, lin),
    ];
    const now = from + minutes(3);
    given(history, timedExam)
      .when(report(from, from + seconds(60), now), ada, now)
      .then([credit(seconds(60), now)]);
  });
});

describe("a break", () => {
  const from = nine + minutes(5);
  const onBreak: History = [...open, at(from, { type: "breakStarted", endsAt: from + minutes(5) }, ada)];
  const gaveBack = (ms: number, when: EpochMs, by: Person) => lineOf("break", ms, when, by, "Break");
  const taken = (when: EpochMs): History => [at(when, gaveBack(0, when, ada), ada)];

  test("[A108] stops the clock and hides the paper", () => {
    given(open, timedExam)
      .when({ type: "startBreak" }, ada, from)
      .then([{ type: "breakStarted", endsAt: from + minutes(5) }]);
    given(onBreak, timedExam)
      .when({ type: "startBreak" }, ada, from + 1)
      .thenNothing();
    const attempt = attemptAfter(onBreak);
    if (attempt.status === "unregistered") throw new Error("not registered");
    const view = candidateView(attempt, timedExam);
    expect(view).toMatchObject({
      status: "paused",
      paper: null,
      time: { endsAt: null, leftMs: minutes(25) },
      breaks: { left: 2, longestMs: minutes(5), until: from + minutes(5) },
    });
    expect(proctorView(attempt, timedExam).breakUntil).toBe(from + minutes(5));
    given(onBreak, timedExam)
      .when({ type: "saveAnswer", itemId: recoveryId, response: null, agoMs: 0 }, ada, from + 1)
      .thenRefused("paused");
  });

  test("[A108] is taken as often as the exam allows", () => {
    given([...open, ...taken(nine)], timedExam)
      .when({ type: "startBreak" }, ada, from)
      .then([{ type: "breakStarted", endsAt: from + minutes(5) }]);
    given([...open, ...taken(nine), ...taken(nine)], timedExam)
      .when({ type: "startBreak" }, ada, from)
      .thenRefused("no-break-left");
    given(open).when({ type: "startBreak" }, ada, from).thenRefused("no-break-left");
  });

  test("[A109] ends when the candidate ends it, and the clock gets back what it took", () => {
    given(onBreak, timedExam)
      .when({ type: "endBreak" }, ada, from + 123_457)
      .then([gaveBack(123_457, from + 123_457, ada), { type: "breakEnded" }]);
  });

  test("[A109] ends by itself, and gives no more however late that is noticed", () => {
    given(onBreak, timedExam)
      .when({ type: "tick" }, session, from + minutes(5) - 1)
      .thenNothing();
    const late = from + minutes(9);
    given(onBreak, timedExam)
      .when({ type: "tick" }, session, late)
      .then([gaveBack(minutes(5), late, session), { type: "breakEnded" }]);
    expect(nextWakeAt(attemptAfter(onBreak), timedExam)).toBe(from + minutes(5));
  });

  test("[A109] when nobody was awake until the deadline had passed, all of it comes at once", () => {
    const late = nine + minutes(40);
    given(onBreak, timedExam)
      .when({ type: "tick" }, session, late)
      .then([
        gaveBack(minutes(5), late, session),
        { type: "breakEnded" },
        { type: "handedIn", cause: "deadline" },
        scoredWith(),
      ]);
  });

  test("[A109] a candidate cannot end a proctor's pause", () => {
    given(histories.paused, timedExam)
      .when({ type: "endBreak" }, ada, nine + minutes(6))
      .thenRefused("paused");
    expect(nextWakeAt(attemptAfter(histories.paused), timedExam)).toBeNull();
  });

  test("[A110] a proctor ends it by resuming, or by a pause that takes its place", () => {
    const now = from + minutes(1);
    given(onBreak, timedExam)
      .when({ type: "resume" }, lin, now)
      .then([gaveBack(minutes(1), now, lin), { type: "breakEnded" }]);
    given(onBreak, timedExam)
      .when({ type: "pause", reason: "Alarm" }, lin, now)
      .then([gaveBack(minutes(1), now, lin), { type: "breakEnded" }, { type: "paused", reason: "Alarm" }]);
    given(onBreak, timedExam)
      .when({ type: "terminate", reason: "Left" }, lin, now)
      .then([gaveBack(minutes(1), now, lin), { type: "terminated", reason: "Left" }, scoredWith()]);
  });
});

describe("a section with a time limit", () => {
  const [limited, other] = timedExam.sections;
  if (limited === undefined || other === undefined) throw new Error("the exam has two sections");
  const sectionId = limited.id;
  const from = nine + minutes(2);
  const entered: History = [...open, at(from, { type: "sectionEntered", sectionId }, ada)];
  const over: History = [...entered, at(from + minutes(10), { type: "sectionEnded", sectionId })];
  const answer: Command = {
    type: "saveAnswer",
    itemId: recovery.id,
    response: { kind: "single-choice", option: "side" },
    agoMs: 0,
  };
  const saved = (late: boolean): AttemptFact => ({
    type: "answerSaved",
    itemId: recovery.id,
    response: { kind: "single-choice", option: "side" },
    late,
  });
  const ended: AttemptFact = { type: "sectionEnded", sectionId };

  function paperAfter(history: History) {
    const attempt = attemptAfter(history);
    if (attempt.status === "unregistered") throw new Error("not registered");
    return candidateView(attempt, timedExam).paper?.sections.map(({ items, itemCount }) => [items.length, itemCount]);
  }

  test("[A112] is shut before it is entered and when it is over", () => {
    given(open, timedExam).when(answer, ada, from).thenRefused("section-not-entered");
    given(open, timedExam)
      .when({ type: "visitItem", itemId: recovery.id }, ada, from)
      .thenRefused("section-not-entered");
    given(over, timedExam)
      .when({ type: "flagItem", itemId: recovery.id, flagged: true }, ada, from + minutes(11))
      .thenRefused("section-over");
    given(over, timedExam)
      .when(answer, ada, from + minutes(11))
      .thenRefused("section-over");
    const whole = [limited.items.length, limited.items.length];
    const rest = [other.items.length, other.items.length];
    expect(paperAfter(open)).toEqual([[0, limited.items.length], rest]);
    expect(paperAfter(entered)).toEqual([whole, rest]);
    expect(paperAfter(over)).toEqual([[0, limited.items.length], rest]);
  });

  test("[A112] is entered once, by the candidate, while the exam is open", () => {
    given(open, timedExam)
      .when({ type: "enterSection", sectionId }, ada, from)
      .then([{ type: "sectionEntered", sectionId }]);
    given(entered, timedExam)
      .when({ type: "enterSection", sectionId }, ada, from + 1)
      .thenNothing();
    given(over, timedExam)
      .when({ type: "enterSection", sectionId }, ada, from + minutes(11))
      .thenRefused("section-over");
    given(open, timedExam).when({ type: "enterSection", sectionId: other.id }, ada, from).thenNothing();
    given(open, timedExam)
      .when({ type: "enterSection", sectionId: "none" as typeof sectionId }, ada, from)
      .thenRefused("no-such-section");
    given(histories.paused, timedExam)
      .when({ type: "enterSection", sectionId }, ada, from + minutes(5))
      .thenRefused("paused");
    given(entered, timedExam)
      .when(answer, ada, from + 1)
      .then([saved(false)]);
  });

  test("[A113] is over when its time is up, neither early nor twice", () => {
    expect(nextWakeAt(attemptAfter(entered), timedExam)).toBe(from + minutes(10));
    expect(nextWakeAt(attemptAfter(over), timedExam)).toBe(nine + minutes(30));
    given(entered, timedExam)
      .when({ type: "tick" }, session, from + minutes(10) - 1)
      .thenNothing();
    given(entered, timedExam)
      .when({ type: "tick" }, session, from + minutes(10))
      .then([ended]);
    given(over, timedExam)
      .when({ type: "tick" }, session, from + minutes(10))
      .thenNothing();
  });

  test("[A113] an answer made in its time and delivered within the grace is marked late", () => {
    const end = from + minutes(10);
    given(over, timedExam)
      .when({ ...answer, agoMs: seconds(5) }, ada, end + seconds(4))
      .then([saved(true)]);
    given(over, timedExam)
      .when({ ...answer, agoMs: seconds(4) }, ada, end + seconds(4))
      .thenRefused("section-over");
  });

  test("[A29] an answer made in its time and delivered after the grace is kept, also when the whole exam is over", () => {
    const end = from + minutes(10);
    const kept = (agoMs: number, now: number): AttemptFact => {
      const { itemId, response } = answer;
      return { type: "answerKept", itemId, response, madeAt: now - agoMs };
    };
    const deadlinePassed = [...over, at(nine + minutes(30), { type: "handedIn", cause: "deadline" }), scoredWith()];
    const ended30 = nine + minutes(31);
    given(over, timedExam)
      .when({ ...answer, agoMs: seconds(20) }, ada, end + seconds(10))
      .then([kept(seconds(20), end + seconds(10))]);
    given(deadlinePassed, timedExam)
      .when({ ...answer, agoMs: ended30 - end + 1 }, ada, ended30)
      .then([kept(ended30 - end + 1, ended30)]);
    // Made in the time of the exam, and not in that of its section.
    given(deadlinePassed, timedExam)
      .when({ ...answer, agoMs: ended30 - end }, ada, ended30)
      .thenRefused("handed-in");
    given([...over, at(nine + minutes(20), { type: "terminated", reason: "Left" }, lin), scoredWith()], timedExam)
      .when({ ...answer, agoMs: ended30 - end }, ada, ended30)
      .thenRefused("handed-in");
  });

  test("[A113] at the exam's own deadline the section ends with it", () => {
    const late: History = [...open, at(nine + minutes(25), { type: "sectionEntered", sectionId }, ada)];
    given(late, timedExam)
      .when({ type: "tick" }, session, nine + minutes(31))
      .then([{ type: "handedIn", cause: "deadline" }, scoredWith()]);
  });

  test("[A111] what the ledger gives while it runs makes it longer, and what it gave before does not", () => {
    const history: History = [...open, extra(minutes(7)), ...entered.slice(open.length), extra(minutes(3), from + 1)];
    expect(nextWakeAt(attemptAfter(history), timedExam)).toBe(from + minutes(13));
  });

  test("[A111] is longer in the proportion in which allowances made the exam longer", () => {
    const allowed: History = [
      adaRegistered,
      ...open.slice(1),
      at(nine, lineOf("allowance", minutes(15), nine, lin, "Dyslexia"), lin),
      at(from, { type: "sectionEntered", sectionId }, ada),
    ];
    expect(nextWakeAt(attemptAfter(allowed), timedExam)).toBe(from + minutes(15));
  });

  test("[A111] both sides see when it ends, and what is left while the clock stands still", () => {
    const sectionAfter = (history: History) => {
      const attempt = attemptAfter(history);
      if (attempt.status === "unregistered") throw new Error("not registered");
      return candidateView(attempt, timedExam).time?.sections;
    };
    const shut = { id: sectionId, endsAt: null, leftMs: null };
    expect(sectionAfter(open)).toEqual([{ ...shut, state: "ahead" }]);
    expect(sectionAfter(entered)).toEqual([{ ...shut, state: "running", endsAt: from + minutes(10) }]);
    expect(sectionAfter(over)).toEqual([{ ...shut, state: "over" }]);
    const paused: History = [...entered, at(from + minutes(4), { type: "paused", reason: "Alarm" }, lin)];
    expect(sectionAfter(paused)).toEqual([{ ...shut, state: "running", leftMs: minutes(6) }]);
  });
});
