import { describe, expect, test } from "vitest";
import type { AttemptFact } from "#domain/attempt/event.ts";
import { largestStillBytes, type Still } from "#domain/attempt/still.ts";
import { candidateView } from "#domain/attempt/view.ts";
import type { StillSource } from "#domain/integrity/policy.ts";
import { firstAid } from "#test/domain/exam/first-aid.ts";
import { attemptAfter, at, given, type History, minutes, nine, seconds } from "./given.ts";
import { histories } from "./histories.ts";
import { session } from "./people.ts";

function noted(notedAt: number, ...evidence: readonly StillSource[]): AttemptFact {
  const seen = { kind: "no-face", severity: "medium", reason: "No face.", confidence: null } as const;
  return { type: "violationNoted", violation: { ...seen, from: notedAt - seconds(5), notedAt, evidence } };
}

const moment = nine + minutes(1);
const violated: History = [...histories.open, at(moment, noted(moment, "camera", "screen"))];
const still: Still = {
  violation: violated.length,
  source: "camera",
  sha256: "b".repeat(64),
  bytes: 40_000,
  takenAt: moment + seconds(1),
};
const stored: AttemptFact = { type: "stillStored", still };

function store(changes: Partial<Still> = {}) {
  return { type: "storeStill", still: { ...still, ...changes } } as const;
}

function wantedIn(history: History) {
  const attempt = attemptAfter(history);
  if (attempt.status === "unregistered") throw new Error("nobody");
  return candidateView(attempt, firstAid).wantedStills;
}

describe("the pictures that a page is asked for", () => {
  test("[E30] are those that the violation's rule asks for and that are not stored, named by the event's number", () => {
    expect(wantedIn(histories.open)).toEqual([]);
    const seq = violated.length;
    expect(wantedIn(violated)).toEqual([{ seq, at: moment, sources: ["camera", "screen"] }]);
    expect(wantedIn([...violated, stored])).toEqual([{ seq, at: moment, sources: ["screen"] }]);
    const screen: AttemptFact = { type: "stillStored", still: { ...still, source: "screen" } };
    expect(wantedIn([...violated, stored, screen])).toEqual([]);
  });

  test("[E30] are none where the rule asks for none, and of the latest eight violations only", () => {
    expect(wantedIn([...histories.open, noted(moment)])).toEqual([]);
    const many = Array.from({ length: 20 }, () => noted(moment, "screen"));
    expect(wantedIn([...histories.open, ...many])).toHaveLength(8);
  });

  test("[E30] are still asked for when the violation handed in", () => {
    const over: History = [...violated, at(moment, { type: "handedIn", cause: "policy" })];
    expect(wantedIn(over)).toHaveLength(1);
  });
});

describe("a still", () => {
  test("[E31] is stored once, and the same bytes again change nothing", () => {
    given(violated)
      .when(store(), session, moment + seconds(2))
      .then([stored]);
    given([...violated, stored])
      .when(store(), session, moment + seconds(3))
      .thenNothing();
    given([...violated, stored])
      .when(store({ sha256: "e".repeat(64) }), session, moment + seconds(3))
      .thenRefused("picture-differs");
  });

  test("[E31] belongs to a violation that asked for it", () => {
    const soon = moment + seconds(2);
    given(violated)
      .when(store({ violation: still.violation - 1 }), session, soon)
      .thenRefused("picture-not-wanted");
    given([...histories.open, noted(moment, "screen")])
      .when(store(), session, soon)
      .thenRefused("picture-not-wanted");
    given(histories.registered).when(store(), session, soon).thenRefused("not-consented");
  });

  test("[E32] was taken at the violation, give or take five minutes for a page's idea of the time", () => {
    const later = moment + minutes(20);
    for (const takenAt of [moment - minutes(5) - 1, moment + seconds(30) + minutes(5) + 1]) {
      given(violated).when(store({ takenAt }), session, later).thenRefused("bad-picture");
    }
    given(violated)
      .when(store({ takenAt: moment + minutes(5) + 1 }), session, moment)
      .thenRefused("bad-picture");
    const slow = store({ takenAt: moment + seconds(29) });
    given(violated)
      .when(slow, session, later)
      .then([{ type: "stillStored", still: slow.still }]);
  });

  test("[E33] has between 1 byte and 400 kB", () => {
    for (const bytes of [0, largestStillBytes + 1]) {
      given(violated).when(store({ bytes }), session, moment).thenRefused("bad-picture");
    }
    const largest = store({ bytes: largestStillBytes });
    given(violated)
      .when(largest, session, moment)
      .then([{ type: "stillStored", still: largest.still }]);
  });

  test("[E34] still arrives for a minute after the end, and not later", () => {
    const endedAt = moment + seconds(1);
    const over: History = [...violated, at(endedAt, { type: "handedIn", cause: "policy" })];
    given(over)
      .when(store(), session, endedAt + seconds(60))
      .then([stored]);
    given(over)
      .when(store(), session, endedAt + seconds(60) + 1)
      .thenRefused("handed-in");
    given([...over, at(endedAt, stored)])
      .when(store(), session, endedAt + minutes(10))
      .thenNothing();
  });
});
