import { describe, expect, test } from "vitest";
import { confidenceWords, followedWords, lengthWords, violationsOf } from "#client/review/noted-violation.ts";
import type { AttemptFact } from "#domain/attempt/event.ts";
import type { Violation } from "#domain/integrity/judge.ts";
import { at, eventsOf, nine, seconds } from "#test/domain/attempt/given.ts";
import { adaRegistered } from "#test/domain/attempt/histories.ts";

const tools: Violation = {
  kind: "developer-tools",
  severity: "critical",
  reason: "The browser's developer tools seemed to be open for 2 seconds.",
  from: nine,
  notedAt: nine + seconds(2),
  confidence: 0.9,
  response: "hand-in",
};

/** What a reviewer reads of a violation that is the second event, and of what came after it. */
function readAfter(violation: Violation, ...later: readonly AttemptFact[]) {
  const noted: AttemptFact = { type: "violationNoted", violation };
  const [read] = violationsOf(eventsOf([adaRegistered, at(nine, noted), ...later]));
  if (read === undefined) throw new Error("a violation was noted");
  return read;
}

describe("what followed from a violation", () => {
  test("is what the log has, and not only what the policy asks for", () => {
    const held: AttemptFact = { type: "heldForReview", why: "", violation: 2, reviewers: 1 };
    expect(readAfter(tools, held).followed).toBe("handed-in");
    expect(readAfter(tools, { ...held, violation: 7 }).followed).toBe("overtaken");
    const pause: Violation = { ...tools, response: "pause" };
    expect(readAfter(pause, { type: "paused", reason: "", violation: 2 }).followed).toBe("paused");
    expect(readAfter(pause, { type: "paused", reason: "A proctor's own" }).followed).toBe("overtaken");
    const warn: Violation = { ...tools, response: "warn" };
    expect(readAfter(warn).followed).toBe("warned");
    expect(readAfter(warn, { type: "warningAcknowledged", warning: 2 }).followed).toBe("warning-read");
  });

  test("is only the log where nobody asked for more, or the exam is from before responses", () => {
    const { response: _none, ...old } = tools;
    expect(readAfter(old).followed).toBe("logged");
    expect(readAfter({ ...tools, response: "notify-proctor" }).followed).toBe("proctor-told");
    expect(new Set(Object.values(followedWords)).size).toBe(Object.keys(followedWords).length);
  });
});

describe("how long it was seen", () => {
  const ended: AttemptFact = { type: "signalEnded", kind: "developer-tools", until: nine + seconds(30) };

  test("is said up to when it was noted, and in all where it ended", () => {
    expect(lengthWords(readAfter(tools))).toBe("2 seconds when it was noted");
    expect(lengthWords(readAfter(tools, ended))).toBe("2 seconds when it was noted, 30 seconds in all");
    expect(lengthWords(readAfter(tools, { ...ended, kind: "no-face" }))).toBe("2 seconds when it was noted");
    expect(lengthWords(readAfter({ ...tools, kind: "pasted", notedAt: nine }))).toBe("One moment");
  });

  test("of a lost sensor is until that very sensor came back", () => {
    const lost: Violation = { ...tools, kind: "sensor-lost", subject: "faces" };
    const other: AttemptFact = { ...ended, kind: "sensor-lost", subject: "microphone", until: nine + seconds(9) };
    const own: AttemptFact = { ...ended, kind: "sensor-lost", subject: "faces" };
    expect(readAfter(lost, other, own).until).toBe(nine + seconds(30));
  });
});

test("a confidence is the sensor's, and none is said to be one", () => {
  expect(confidenceWords(0.9)).toBe("90 % by the sensor");
  expect(confidenceWords(null)).toBe("The sensor gives none");
});

test("the pictures of its moment are its own", () => {
  const still = { violation: 2, source: "screen", sha256: "d".repeat(64), bytes: 1, takenAt: nine } as const;
  const stored: AttemptFact = { type: "stillStored", still };
  expect(readAfter(tools).stills).toEqual([]);
  expect(readAfter(tools, stored, { ...stored, still: { ...still, violation: 9 } }).stills).toEqual([still]);
});
