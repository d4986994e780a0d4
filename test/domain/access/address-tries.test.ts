import { describe, expect, it } from "vitest";
import { type AddressTries, addressWindowMs, beginAt, mostInWindow, takenBack } from "#domain/access/address-tries.ts";

const minute = 60_000;

function looked(count: number, everyMs: number, startAt = 0, before: AddressTries = []) {
  let tries = before;
  const at: number[] = [];
  for (let n = 0; n < count; n += 1) {
    const now = startAt + n * everyMs;
    const next = beginAt(tries, now);
    tries = next.tries;
    if (next.verdict.kind === "go") at.push(now);
  }
  return { tries, at };
}

describe("tries from one address", () => {
  it("[G5] are a hundred in any hour, also over the edge of the window", () => {
    const { at } = looked(10_000, 3_600, 1_234_567);
    for (const start of at) {
      expect(
        at.filter((moment) => moment >= start && moment < start + addressWindowMs - 5 * minute).length,
      ).toBeLessThan(mostInWindow + 1);
    }
    expect(looked(10_000, 0).at).toHaveLength(mostInWindow);
  });

  it("[G5] say until when to wait, and go on then", () => {
    const { tries } = looked(mostInWindow, 0, 7 * minute);
    const { verdict } = beginAt(tries, 7 * minute);
    expect(verdict).toEqual({ kind: "wait", until: 65 * minute });
    expect(beginAt(tries, 65 * minute).verdict).toEqual({ kind: "go" });
  });

  it("[G5] that were right are none, so that a whole staff can sign in behind one address", () => {
    let tries: AddressTries = [];
    for (let n = 0; n < 1_000; n += 1) tries = takenBack(beginAt(tries, n).tries);
    expect(beginAt(tries, 0).verdict).toEqual({ kind: "go" });
    expect(takenBack([])).toEqual([]);
  });
});
