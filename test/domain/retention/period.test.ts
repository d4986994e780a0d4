import { expect, test } from "vitest";
import { dataClasses, keepings } from "#domain/retention/data-class.ts";
import { dayMs, dueAt, lastDue, periodFaults, periodsFrom } from "#domain/retention/period.ts";

const usual = periodsFrom({});

test("[D1] what an institution has not set is as usual, and what is usual can be set", () => {
  expect(usual).toEqual(Object.fromEntries(dataClasses.map((of) => [of, keepings[of].days])));
  expect(periodsFrom({ identity: 3 })).toEqual({ ...usual, identity: 3 });
  expect(periodFaults(usual)).toEqual([]);
});

test.each(dataClasses)("[D2] the period of %s is a whole number between its floor and its limit", (of) => {
  const { atLeast, atMost } = keepings[of];
  // As long as may be, so that the names are not what is wrong.
  const others = { ...usual, results: keepings.results.atMost };
  const faultsOf = (days: number) => periodFaults({ ...others, [of]: days }).filter((fault) => fault.of === of);
  expect(faultsOf(atMost)).toEqual([]);
  expect(faultsOf(atMost + 1)).toEqual([{ of, why: "too-long" }]);
  expect(faultsOf(atLeast - 1)).toContainEqual({ of, why: "too-short" });
  expect(faultsOf(atLeast).map(({ why }) => why)).not.toContain("too-short");
  expect(faultsOf(atLeast + 0.5)).toContainEqual({ of, why: "no-whole-days" });
});

test("[D2] names are not gone before what they name", () => {
  const periods = { ...usual, answers: 400, results: 399 };
  expect(periodFaults(periods)).toEqual([{ of: "results", why: "names-before-answers" }]);
  expect(periodFaults({ ...periods, results: 400 })).toEqual([]);
});

test("[D3] a part is due when its period has passed since the end, and never while there is none", () => {
  const periods = { ...usual, identity: 7 };
  expect(dueAt("identity", 1_000, periods)).toBe(1_000 + 7 * dayMs);
  expect(dueAt("identity", null, periods)).toBeNull();
  const now = 1_800_000_000_000;
  for (const of of dataClasses) expect(dueAt(of, lastDue(of, periods, now), periods)).toBe(now);
});
