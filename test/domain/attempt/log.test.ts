import { describe, expect, test } from "vitest";
import type { AttemptEvent, AttemptFact } from "#domain/attempt/event.ts";
import { evolve, fold, ImpossibleEvent } from "#domain/attempt/evolve.ts";
import { stamp } from "#domain/attempt/stamp.ts";
import { type AttemptStatus, initialAttempt } from "#domain/attempt/state.ts";
import { attemptAfter, contextOf, eventsOf, nine } from "./given.ts";
import { adaRegistered, baseTime, consentGiven, histories, recoveryId, scoredWith } from "./histories.ts";
import { ada } from "./people.ts";

function next(seq: number, fact: AttemptFact): AttemptEvent {
  return { seq, at: nine, by: ada.actor, fact };
}

const message: AttemptFact = { type: "messageSent", text: "Hello" };
const answer: AttemptFact = { type: "answerSaved", itemId: recoveryId, response: null, late: false };

describe("the log", () => {
  test.each([0, 1, 2, 4, -1])("[A80] event %i after the second one throws", (seq) => {
    const attempt = attemptAfter(histories.consented);
    expect(attempt.seq).toBe(2);
    expect(() => evolve(attempt, next(seq, message))).toThrow(ImpossibleEvent);
    expect(evolve(attempt, next(3, message)).seq).toBe(3);
  });

  test.each<readonly [AttemptStatus, AttemptFact]>([
    ["unregistered", message],
    ["unregistered", consentGiven],
    ["unregistered", { type: "paperOpened" }],
    ["registered", adaRegistered],
    ["open", adaRegistered],
    ["registered", { type: "admitted" }],
    ["registered", { type: "paperOpened" }],
    ["admitted", answer],
    ["admitted", baseTime],
    ["admitted", { type: "handedIn", cause: "candidate" }],
    ["open", scoredWith()],
  ])("[A80] in status %s the event %o cannot follow", (status, fact) => {
    const attempt = attemptAfter(histories[status]);
    expect(() => evolve(attempt, next(attempt.seq + 1, fact))).toThrow(ImpossibleEvent);
  });

  test("[A80] facts are stamped with the numbers that follow, one time and one author", () => {
    const attempt = attemptAfter(histories.consented);
    expect(stamp(attempt, [message, message], contextOf(ada, nine + 7))).toEqual([
      { seq: 3, at: nine + 7, by: ada.actor, fact: message },
      { seq: 4, at: nine + 7, by: ada.actor, fact: message },
    ]);
  });

  test.each(Object.entries(histories))("[A81] the events of %s add up to that status", (status, history) => {
    const attempt = attemptAfter(history);
    expect(attempt.status).toBe(status);
    expect(attempt.seq).toBe(history.length);
  });

  test("[A81] a snapshot and the rest of the events are as good as all of them", () => {
    const events = eventsOf(histories.terminated);
    const whole = fold(events);
    for (let cut = 0; cut <= events.length; cut++) {
      expect(fold(events.slice(cut), fold(events.slice(0, cut)))).toEqual(whole);
    }
    expect(fold([])).toBe(initialAttempt);
  });

  test("[A81] what an event does not touch is the same object as before", () => {
    const before = attemptAfter(histories.open);
    const after = evolve(before, next(before.seq + 1, message));
    if (!("work" in before && "work" in after)) throw new Error("the paper is open");
    expect(after.work).toBe(before.work);
    expect(after.consent).toBe(before.consent);
    expect(after.file).not.toBe(before.file);
    expect(before.file.messages).toEqual([]);
  });

  test("[A81] a status has none of the fields of the one before", () => {
    const paused = attemptAfter(histories.paused);
    const resumed = evolve(paused, next(paused.seq + 1, { type: "resumed" }));
    expect(resumed).not.toHaveProperty("pausedAt");
    expect(resumed).not.toHaveProperty("reason");
    expect(attemptAfter(histories.admitted)).not.toHaveProperty("since");
  });
});
