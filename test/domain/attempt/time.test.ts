import { describe, expect, test } from "vitest";
import { deadlineOf, type TimeEntry } from "#domain/attempt/deadline.ts";
import type { AttemptFact } from "#domain/attempt/event.ts";
import { nextWakeAt } from "#domain/attempt/tick.ts";
import { firstAid } from "#test/domain/exam/first-aid.ts";
import { at, attemptAfter, given, type History, minutes, nine, seconds } from "./given.ts";
import { histories, outOfTime, scoredWith } from "./histories.ts";
import { ada, lin, session } from "./people.ts";

const deadline = nine + minutes(30);
const hours = (count: number): number => minutes(60 * count);

function grant(ms: number, kind: TimeEntry["kind"] = "extra"): AttemptFact {
  return { type: "timeGiven", entry: { kind, ms, at: nine, by: lin.actor, reason: "Reason" } };
}

function deadlineAfter(history: History) {
  const attempt = attemptAfter(history);
  return "work" in attempt ? deadlineOf(attempt.work.openedAt, attempt.work.ledger) : null;
}

function wakeAfter(history: History) {
  return nextWakeAt(attemptAfter(history), firstAid);
}

describe("the deadline", () => {
  test("[A30] is the opening plus the sum of the ledger", () => {
    expect(deadlineAfter(histories.open)).toBe(deadline);
    expect(deadlineAfter([...histories.open, grant(minutes(5)), grant(1, "pause")])).toBe(deadline + minutes(5) + 1);
    expect(deadlineOf(nine, [])).toBe(nine);
  });

  test("[A30] counts from when the paper opened, not from when it could", () => {
    const late: History = [...histories.admitted, at(nine + minutes(7), { type: "paperOpened" }, ada), grant(1000)];
    expect(deadlineAfter(late)).toBe(nine + minutes(7) + 1000);
  });
});

describe("open", () => {
  test("[A31] a pause has a reason", () => {
    given(histories.open)
      .when({ type: "pause", reason: " Fire alarm " }, lin, nine + 1)
      .then([{ type: "paused", reason: "Fire alarm" }]);
    given(histories.open)
      .when({ type: "pause", reason: "\t" }, lin, nine + 1)
      .thenRefused("empty-text");
  });

  test.each([1, minutes(5), hours(4)])("[A33] %i ms of extra time is given, with its giver and reason", (ms) => {
    const entry = { kind: "extra", ms, at: nine + 1, by: lin.actor, reason: "The network failed" } as const;
    given(histories.open)
      .when({ type: "addTime", ms, reason: "The network failed" }, lin, nine + 1)
      .then([{ type: "timeGiven", entry }]);
  });

  test.each([0, -1, 0.5, hours(4) + 1, Number.NaN, Number.POSITIVE_INFINITY])(
    "[A33] %d ms of extra time is refused",
    (ms) => {
      given(histories.open).when({ type: "addTime", ms, reason: "Reason" }, lin, nine).thenRefused("bad-amount");
    },
  );

  test("[A33] extra time without a reason is refused", () => {
    given(histories.open)
      .when({ type: "addTime", ms: minutes(1), reason: " " }, lin, nine)
      .thenRefused("empty-text");
  });

  test("[A24] the deadline hands in, neither early nor twice", () => {
    given(histories.open)
      .when({ type: "tick" }, session, deadline - 1)
      .thenNothing();
    given(histories.open)
      .when({ type: "tick" }, session, deadline)
      .then([{ type: "handedIn", cause: "deadline" }]);
    given(outOfTime).when({ type: "tick" }, session, deadline).thenNothing();
  });

  test("[A24] when nobody was awake until the grace was over, hand-in and score come at once", () => {
    given(histories.open)
      .when({ type: "tick" }, session, deadline + seconds(10))
      .then([{ type: "handedIn", cause: "deadline" }, scoredWith()]);
    given(histories.open)
      .when({ type: "tick" }, session, deadline + seconds(10) - 1)
      .then([{ type: "handedIn", cause: "deadline" }]);
  });

  test("[A24] extra time moves the hand-in", () => {
    const longer = [...histories.open, grant(minutes(5))];
    given(longer)
      .when({ type: "tick" }, session, deadline + minutes(5) - 1)
      .thenNothing();
    given(longer)
      .when({ type: "tick" }, session, deadline + minutes(5))
      .then([{ type: "handedIn", cause: "deadline" }]);
  });

  test("[A25] the next thing to happen by itself is the deadline", () => {
    expect(wakeAfter(histories.open)).toBe(deadline);
    expect(wakeAfter([...histories.open, grant(minutes(5))])).toBe(deadline + minutes(5));
  });
});

describe("paused", () => {
  test("[A31] the clock stands: the deadline may pass and nobody is handed in", () => {
    given(histories.paused)
      .when({ type: "tick" }, session, deadline + hours(2))
      .thenNothing();
    expect(wakeAfter(histories.paused)).toBeNull();
  });

  test.each([0, 1, 61_234, hours(3)])("[A32] resuming after %i ms gives exactly that back", (ms) => {
    const now = nine + minutes(5) + ms;
    const entry = { kind: "pause", ms, at: now, by: lin.actor, reason: "Paused: Fire alarm" } as const;
    given(histories.paused)
      .when({ type: "resume" }, lin, now)
      .then([{ type: "timeGiven", entry }, { type: "resumed" }]);
    const resumed = [...histories.paused, at(now, { type: "timeGiven", entry }), at(now, { type: "resumed" })];
    expect(deadlineAfter(resumed)).toBe(deadline + ms);
    expect(wakeAfter(resumed)).toBe(deadline + ms);
  });

  test("[A32] a clock that stepped back takes no time away", () => {
    const now = nine + minutes(4);
    const entry = { kind: "pause", ms: 0, at: now, by: lin.actor, reason: "Paused: Fire alarm" } as const;
    given(histories.paused)
      .when({ type: "resume" }, lin, now)
      .then([{ type: "timeGiven", entry }, { type: "resumed" }]);
  });

  test("[A34] a pause that ends with the attempt is given back first, so that the record shows all the time there was", () => {
    const now = nine + minutes(7);
    const entry = { kind: "pause", ms: minutes(2), at: now, by: lin.actor, reason: "Paused: Fire alarm" } as const;
    given(histories.paused)
      .when({ type: "terminate", reason: "The building is closed" }, lin, now)
      .then([{ type: "timeGiven", entry }, { type: "terminated", reason: "The building is closed" }, scoredWith()]);
  });

  test("[A33] extra time may be given during a pause", () => {
    const entry = { kind: "extra", ms: 1000, at: nine + minutes(6), by: lin.actor, reason: "Upset" } as const;
    given(histories.paused)
      .when({ type: "addTime", ms: 1000, reason: "Upset" }, lin, nine + minutes(6))
      .then([{ type: "timeGiven", entry }]);
  });
});

describe("out of time", () => {
  test("[A24] the score comes when the grace has ended, and once", () => {
    const graceEnds = deadline + seconds(10);
    given(outOfTime)
      .when({ type: "tick" }, session, graceEnds - 1)
      .thenNothing();
    given(outOfTime).when({ type: "tick" }, session, graceEnds).then([scoredWith()]);
    given([...outOfTime, at(graceEnds, scoredWith())])
      .when({ type: "tick" }, session, graceEnds)
      .thenNothing();
  });

  test("[A25] the end of the grace is waited for until the score is there", () => {
    expect(wakeAfter(outOfTime)).toBe(deadline + seconds(10));
    expect(wakeAfter([...outOfTime, at(deadline + seconds(10), scoredWith())])).toBeNull();
  });

  test("[A27] once time has done its work, a late hand-in changes nothing and extra time is refused", () => {
    given(outOfTime).when({ type: "handIn" }, ada, deadline).thenNothing();
    given(outOfTime).when({ type: "addTime", ms: 1000, reason: "Sorry" }, lin, deadline).thenRefused("handed-in");
    given(outOfTime).when({ type: "pause", reason: "Sorry" }, lin, deadline).thenRefused("handed-in");
  });
});

describe("every other status", () => {
  test("[A25] nothing waits for the clock", () => {
    for (const [status, history] of Object.entries(histories)) {
      if (status !== "open") expect(wakeAfter(history), status).toBeNull();
    }
  });
});
