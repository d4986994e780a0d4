import { describe, expect, it } from "vitest";
import { type AccountTries, beginTry, noTries, proven, type TrySource } from "#domain/access/account-tries.ts";

const second = 1_000;
const hour = 3_600_000;
const day = 24 * hour;
const browser: TrySource = { kind: "known-browser", browser: "of lin" };

function stranger(address: number | string): TrySource {
  return { kind: "stranger", address: String(address) };
}

/** How many of these tries, one each `everyMs`, would be looked at; all of them wrong. */
function attack(tries: AccountTries, count: number, everyMs: number, from: (n: number) => TrySource) {
  let state = tries;
  let looked = 0;
  for (let n = 0; n < count; n += 1) {
    const { tries: next, verdict } = beginTry(state, from(n), n * everyMs);
    state = next;
    if (verdict.kind === "go") looked += 1;
  }
  return { state, looked };
}

describe("tries on one account", () => {
  it("[G1] count before it is known how they end, so that a hundred at once are ten", () => {
    expect(attack(noTries, 100, 0, () => stranger("a")).looked).toBe(10);
  });

  it("[G2] wait 30 s after ten failures, twice as long after each more, and an hour at most", () => {
    let state = attack(noTries, 10, 0, () => stranger("a")).state;
    let now = 0;
    const waits: number[] = [];
    for (let n = 0; n < 10; n += 1) {
      const { verdict } = beginTry(state, stranger("a"), now);
      if (verdict.kind !== "wait") throw new Error(`expected to wait, was told ${verdict.kind}`);
      waits.push(verdict.until - now);
      expect(beginTry(state, stranger("a"), verdict.until - 1)).toEqual({ tries: state, verdict });
      now = verdict.until;
      state = beginTry(state, stranger("a"), now).tries;
    }
    const doubling = [30, 60, 120, 240, 480, 960, 1_920, 3_600, 3_600, 3_600];
    expect(waits).toEqual(doubling.map((seconds) => seconds * second));
  });

  it("[G3] are at most 80 of strangers and 20 of known browsers in a row, however many addresses and however slow", () => {
    for (const everyMs of [0, second, hour, 30 * day]) {
      const many = attack(noTries, 10_000, everyMs, (n) => stranger(n));
      expect(many.looked, `one each ${everyMs} ms`).toBe(80);
      const known = attack(many.state, 10_000, everyMs, () => browser);
      expect(known.looked).toBeLessThanOrEqual(20);
      expect(beginTry(many.state, stranger("new"), 1_000 * day).verdict).toEqual({ kind: "closed" });
    }
    expect(attack(noTries, 10_000, hour, () => browser).looked).toBe(20);
  });

  it("[G4] of strangers hold up no known browser", () => {
    const { state } = attack(noTries, 10_000, 0, (n) => stranger(n));
    expect(beginTry(state, browser, 0).verdict).toEqual({ kind: "go" });
  });

  it("[G7] that were right end the failures in a row, and leave other addresses waiting", () => {
    const waiting = attack(noTries, 30, 0, () => stranger("a")).state;
    const { state } = attack(waiting, 10_000, 0, (n) => stranger(n));
    const after = proven(beginTry(state, browser, 0).tries, browser);
    expect(after).toMatchObject({ strangers: 0, knownBrowsers: 0 });
    expect(beginTry(after, stranger("somewhere new"), 0).verdict).toEqual({ kind: "go" });
    expect(beginTry(after, stranger("a"), 0).verdict).toMatchObject({ kind: "wait" });
  });

  it("[G8] are forgotten by address after a day, and in a row they are not", () => {
    const { state } = attack(noTries, 10, 0, () => stranger("a"));
    const later = beginTry(state, stranger("b"), day).tries;
    expect(later.sources.map(({ key }) => key)).toEqual(["address b"]);
    expect(later.strangers).toBe(11);
  });
});
