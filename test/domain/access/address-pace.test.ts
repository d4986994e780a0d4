import { describe, expect, it } from "vitest";
import { type Paced, paces } from "#domain/access/address-pace.ts";
import { type AddressTries, beginAt } from "#domain/access/address-tries.ts";

const every = Object.keys(paces) as readonly Paced[];

/** How many of these go, one after the other, evenly spread from `startAt`. */
function looked(what: Paced, count: number, everyMs: number, startAt = 0) {
  let tries: AddressTries = [];
  const at: number[] = [];
  let until = 0;
  for (let n = 0; n < count; n += 1) {
    const now = startAt + n * everyMs;
    const next = beginAt(tries, now, paces[what]);
    tries = next.tries;
    if (next.verdict.kind === "go") at.push(now);
    if (next.verdict.kind === "wait") ({ until } = next.verdict);
  }
  return { at, until };
}

describe("what anybody may ask for", () => {
  it.each(every)("[G107] %s is looked at so often in any window and no oftener, and goes on after it", (what) => {
    const { most, windowMs } = paces[what];
    const { at, until } = looked(what, 10_000, 0, 12_345);
    expect(at).toHaveLength(most);
    expect(until - 12_345).toBeGreaterThan(0);
    expect(until - 12_345).toBeLessThanOrEqual(windowMs);
    const spread = looked(what, 20_000, windowMs / most / 4).at;
    // A bucket is a twelfth of the window, and its edge may be anywhere.
    const inWindow = spread.filter((moment) => moment >= windowMs && moment < windowMs * 2 - windowMs / 12).length;
    expect(inWindow).toBeLessThanOrEqual(most);
    expect(spread.length).toBeGreaterThan(most);
  });

  it("[G108] lets 500 candidates of one address open their links three times each in a minute, or all at once", () => {
    expect(looked("check-in", 1_500, 40).at).toHaveLength(1_500);
    expect(looked("check-in", 1_500, 0, 59_999).at).toHaveLength(1_500);
  });
});
