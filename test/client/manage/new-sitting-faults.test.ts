import { expect, test } from "vitest";
import { newSittingFaults } from "#client/manage/new-sitting-faults.ts";
import { phaseOf } from "#client/manage/sitting-phase.ts";
import { largestCapacity } from "#domain/exam/rooms.ts";

const now = Date.UTC(2030, 0, 1, 12);
const hour = 60 * 60 * 1000;
const good = { title: "Spring", opensAt: now + hour, closesAt: now + 3 * hour, durationMs: hour, roomCapacity: 200 };

test("a good sitting has nothing to be said about", () => {
  expect(newSittingFaults(good, now)).toEqual({ title: null, opens: null, closes: null, capacity: null, hint: null });
});

test.each([
  [{ title: " " }, "title"],
  [{ opensAt: null }, "opens"],
  [{ closesAt: null }, "closes"],
  [{ closesAt: now + hour }, "closes"],
  [{ opensAt: now - 2 * hour, closesAt: now - hour }, "closes"],
  [{ roomCapacity: 0 }, "capacity"],
  [{ roomCapacity: largestCapacity + 1 }, "capacity"],
  [{ roomCapacity: 2.5 }, "capacity"],
  [{ roomCapacity: Number.NaN }, "capacity"],
] as const)("%o is told beside its field only", (change, field) => {
  const { hint: _, ...faults } = newSittingFaults({ ...good, ...change }, now);
  expect(Object.entries(faults).filter(([, text]) => text !== null)).toEqual([[field, expect.any(String)]]);
});

test("a window that is shorter than the exam is only pointed out", () => {
  const { hint, closes } = newSittingFaults({ ...good, durationMs: 2 * hour + 1 }, now);
  expect(closes).toBeNull();
  expect(hint).toContain("2 hours");
});

test.each([
  [-1, "before"],
  [0, "open"],
  [2 * hour - 1, "open"],
  [2 * hour, "over"],
] as const)("%i ms after its opening a sitting of two hours is %s", (after, phase) => {
  expect(phaseOf({ opensAt: now, closesAt: now + 2 * hour }, now + after)).toBe(phase);
});
