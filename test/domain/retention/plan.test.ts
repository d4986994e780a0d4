import { expect, test } from "vitest";
import { dayMs, periodsFrom } from "#domain/retention/period.ts";
import { type Heap, planOf, spanMs, spans } from "#domain/retention/plan.ts";

const periods = periodsFrom({ recordings: 100, identity: 10 });
const now = 1_800_000_000_000;

function heap(of: Heap["of"], daysAgo: number, count: number, held = 0, sittingId: string | null = "spring"): Heap {
  return { of, endedAt: now - daysAgo * dayMs, count, held, sittingId };
}

test("[D4] what is due, what a hold keeps of it, and what waits is said of each class", () => {
  const plan = planOf(
    [heap("recordings", 100, 5), heap("recordings", 99, 7), heap("identity", 30, 4, 1), heap("identity", 9, 2)],
    periods,
    now,
  );
  const of = (name: Heap["of"]) => plan.classes.find((each) => each.of === name);
  expect(of("recordings")).toMatchObject({ due: 5, held: 0, waiting: 7, nextDueAt: now + dayMs });
  expect(of("identity")).toMatchObject({ due: 3, held: 1, waiting: 2, nextDueAt: now + dayMs });
  expect(of("answers")).toMatchObject({ due: 0, held: 0, waiting: 0, nextDueAt: null });
});

test("[D4] sittings of which nothing is due are not named, and held ones neither", () => {
  const heaps = [
    heap("recordings", 200, 5, 0, "spring"),
    heap("identity", 200, 6, 2, "spring"),
    heap("identity", 201, 1, 0, "spring"),
    heap("recordings", 1, 5, 0, "summer"),
    heap("recordings", 300, 3, 3, "held"),
    heap("audit", 5_000, 9, 0, null),
  ];
  expect(planOf(heaps, periods, now).sittings).toEqual([{ sittingId: "spring", due: { recordings: 5, identity: 5 } }]);
});

test("[D4] what falls due later is counted in the span of 30 days in which it does, without what is held", () => {
  const inSpan = (span: number) => 100 - (span * spanMs) / dayMs;
  const heaps = [
    heap("recordings", 99, 1),
    heap("recordings", inSpan(1), 2, 1),
    heap("recordings", inSpan(spans - 1), 4),
    heap("recordings", inSpan(spans), 8),
  ];
  const { coming } = planOf(heaps, periods, now).classes.find(({ of }) => of === "recordings")!;
  expect(coming).toEqual([1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4]);
});
