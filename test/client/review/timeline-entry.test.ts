import { expect, test } from "vitest";
import { entryAt, neighbourOf, timelineOf } from "#client/review/timeline-entry.ts";
import { system } from "#domain/attempt/actor.ts";
import type { AttemptEvent, AttemptFact } from "#domain/attempt/event.ts";
import { noDetail } from "#domain/integrity/signal.ts";

function event(seq: number, at: number, fact: AttemptFact): AttemptEvent {
  return { seq, at, by: system, fact };
}

const hidden: AttemptFact = {
  type: "violationNoted",
  violation: {
    kind: "tab-hidden",
    severity: "medium",
    reason: "The exam page was hidden for 1 second.",
    from: 10_000,
    notedAt: 10_500,
    confidence: null,
  },
};

const timeline = timelineOf([
  event(1, 1_000, { type: "paperOpened" }),
  event(2, 10_100, { type: "itemFlagged", itemId: "i" as never, flagged: true }),
  event(3, 10_200, { type: "signalBegan", kind: "tab-hidden", since: 10_000, detail: noDetail }),
  event(4, 10_500, hidden),
  event(5, 20_000, { ...hidden, violation: { ...hidden.violation, from: 19_000 } }),
]);

test("an event stands at the moment when it was so, not when it was written down", () => {
  expect(timeline.map(({ seq, moment }) => [seq, moment])).toEqual([
    [1, 1_000],
    [3, 10_000],
    [4, 10_000],
    [2, 10_100],
    [5, 19_000],
  ]);
});

test("a violation keeps its severity and its reason", () => {
  expect(timeline.find(({ seq }) => seq === 4)).toMatchObject({
    group: "violations",
    severity: "medium",
    text: "The exam page was hidden for 1 second.",
  });
});

test("the entry of a moment is the last that had begun", () => {
  expect(entryAt(timeline, 10_050)?.seq).toBe(4);
  expect(entryAt(timeline, 999)).toBeNull();
});

test("next and previous go by moments, and going back skips what has only just begun", () => {
  const violations = timeline.filter(({ group }) => group === "violations");
  expect(neighbourOf(violations, 0, "next")?.seq).toBe(4);
  expect(neighbourOf(violations, 10_000, "next")?.seq).toBe(5);
  expect(neighbourOf(violations, 19_000, "next")).toBeNull();
  expect(neighbourOf(violations, 20_400, "previous")?.seq).toBe(4);
  expect(neighbourOf(violations, 20_501, "previous")?.seq).toBe(5);
});
