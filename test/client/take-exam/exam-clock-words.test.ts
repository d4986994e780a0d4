import { describe, expect, it } from "vitest";
import { dueAnnouncement, leftMs, timeNotices } from "#client/take-exam/exam-clock-words.ts";
import type { TimeView } from "#domain/attempt/time-view.ts";

const minute = 60_000;
const running: TimeView = { endsAt: 100_000, leftMs: null, entries: [], sections: [] };

describe("the time left", () => {
  it.each([
    ["runs to the deadline", running, 40_000, 60_000],
    ["is never below zero", running, 100_001, 0],
    ["stands still while paused", { ...running, endsAt: null, leftMs: 5_000 }, 40_000, 5_000],
    ["is not known before the server's time is", running, null, null],
  ] as const)("%s", (_title, time, now, left) => {
    expect(leftMs(time, now)).toBe(left);
  });
});

describe("announcements", () => {
  it.each([
    [30 * minute + 1000, 30 * minute, "30 minutes left."],
    [15 * minute + 1000, 15 * minute, "15 minutes left."],
    [5 * minute + 1000, 5 * minute, "5 minutes left."],
    [minute + 1000, minute, "1 minute left."],
  ])("from %i to %i ms it says: %s", (before, now, words) => {
    expect(dueAnnouncement(before, now)).toBe(words);
  });

  it("are silent between the marks, at the first look, at the end, and when time is added", () => {
    expect(dueAnnouncement(29 * minute, 28 * minute)).toBeNull();
    expect(dueAnnouncement(null, 4 * minute)).toBeNull();
    expect(dueAnnouncement(1000, 0)).toBeNull();
    expect(dueAnnouncement(4 * minute, 9 * minute)).toBeNull();
  });

  it("say only the latest of marks that were passed in a sleep", () => {
    expect(dueAnnouncement(31 * minute, 4 * minute)).toBe("5 minutes left.");
  });
});

describe("notices about time", () => {
  const giver = { by: "proctor", name: null, isWithdrawn: false } as const;
  const base = { kind: "base", ms: 45 * minute, at: 0, reason: "", ...giver } as const;
  const extra = { kind: "extra", ms: 5 * minute, at: 1, reason: "The fire alarm rang", ...giver } as const;

  it("tell of entries that were not there before", () => {
    const before = { ...running, entries: [base] };
    expect(timeNotices(before, { ...running, entries: [base, extra] })).toEqual([
      { title: "You have 5 minutes more", text: "Your proctor added it: The fire alarm rang" },
    ]);
  });

  it("do not repeat at a reload what was told before it", () => {
    expect(timeNotices(null, { ...running, entries: [base, extra] })).toEqual([]);
  });
});
