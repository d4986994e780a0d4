import { describe, expect, test } from "vitest";
import { invariants } from "./invariants.ts";
import { mutations } from "./mutations.ts";
import { play } from "./play.ts";

/** So many schedules at most, of the thousand that every run plays, until a break is found. */
const within = 150;

describe("the simulation bites", () => {
  test.each(mutations)("it is found out when the code $name", { timeout: 120_000 }, async (mutation) => {
    const { failures } = await play({ from: 1, count: within, mutation, isFirstEnough: true, threads: 1 });
    expect(failures).toHaveLength(1);
    expect(mutation.by).toContain(failures[0]?.invariant);
  });

  test("every invariant has a mutation that only something like it can find", () => {
    const bitten = new Set(mutations.flatMap(({ by }) => by));
    expect(invariants.map(({ name }) => name).filter((name) => !bitten.has(name))).toEqual([]);
  });
});
