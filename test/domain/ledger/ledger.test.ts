import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { brand, type AttemptId } from "#domain/exam/ids.ts";
import { balanceByDay } from "#domain/ledger/balance-by-day.ts";
import { attemptPrice, changeOf, keyOf, type NewEntry, postingsOf, transferOf } from "#domain/ledger/entry.ts";
import { mayRegister, placesLeft } from "#domain/ledger/limit.ts";
import { isEndNotStored, isRefundedAtEnd, refundRefusal } from "#domain/ledger/refund.ts";

const attemptId = fc.constantFrom("a1", "a2", "a3", "a4").map((id) => brand<AttemptId>(id));
const at = fc.nat({ max: 10 ** 12 });
const amount = fc.integer({ min: 1, max: 10 ** 9 });
const first = fc.oneof(
  fc.record({ kind: fc.constant("credit" as const), key: fc.stringMatching(/^[a-c]$/), amount, at }),
  fc.record({ kind: fc.constant("debit" as const), attemptId, at }),
  fc.record({
    kind: fc.constant("ai-usage" as const),
    key: fc.stringMatching(/^[a-c]$/),
    usage: fc.record({ model: fc.constant("marker-1"), unitsIn: fc.nat(), unitsOut: fc.nat() }),
    amount,
    at,
  }),
);

/** Told in some order, some of it again, each that can be taken back perhaps taken back; the ledger is what has a new key. */
const told = fc.array(fc.record({ entry: first, isReversed: fc.boolean() }), { maxLength: 40 }).map((all) => {
  const entries = new Map<string, NewEntry>();
  const say = (entry: NewEntry) => {
    if (!entries.has(keyOf(entry))) entries.set(keyOf(entry), entry);
  };
  for (const { entry, isReversed } of all) {
    say(entry);
    const number = [...entries.keys()].indexOf(keyOf(entry)) + 1;
    const transfer = transferOf(entries.get(keyOf(entry)) ?? entry);
    const reverses = { number, transfer, attemptId: entry.kind === "debit" ? entry.attemptId : null };
    if (isReversed) say({ kind: "correction", at: entry.at, reverses });
  }
  return [...entries.values()];
});

function balanceOf(entries: readonly NewEntry[]): number {
  return entries.reduce((sum, entry) => sum + changeOf(transferOf(entry)), 0);
}

describe("an entry", () => {
  it("[B1] has two sides, and all postings of a ledger sum to zero", () => {
    fc.assert(
      fc.property(told, (entries) => {
        const postings = entries.flatMap((entry) => postingsOf(transferOf(entry)));
        expect(postings).toHaveLength(entries.length * 2);
        expect(postings.reduce((sum, posting) => sum + posting.amount, 0)).toBe(0);
      }),
    );
  });

  it("[B5] changes the balance by what its sides say of it, in whichever order they come", () => {
    fc.assert(
      fc.property(told, fc.nat(), (entries, turn) => {
        const ofAccount = entries
          .flatMap((entry) => postingsOf(transferOf(entry)))
          .filter(({ account }) => account === "balance")
          .reduce((sum, posting) => sum + posting.amount, 0);
        const start = entries.length === 0 ? 0 : turn % entries.length;
        expect(balanceOf(entries)).toBe(ofAccount);
        expect(balanceOf([...entries.slice(start), ...entries.slice(0, start)])).toBe(ofAccount);
      }),
    );
  });

  it("[B6] that takes another back leaves every account as it was before that one", () => {
    fc.assert(
      fc.property(first, (entry) => {
        const reverses = { number: 1, transfer: transferOf(entry), attemptId: null };
        const back: NewEntry = { kind: "correction", at: entry.at, reverses };
        const sums = new Map<string, number>();
        for (const { account, amount: each } of [entry, back].flatMap((one) => postingsOf(transferOf(one)))) {
          sums.set(account, (sums.get(account) ?? 0) + each);
        }
        expect([...sums.values()]).toEqual([0, 0]);
      }),
    );
  });

  it("[B4] has the key of another that says the same, and of no other", () => {
    const a1 = brand<AttemptId>("a1");
    const debit = { kind: "debit", attemptId: a1, at: 5 } as const;
    expect(keyOf({ ...debit, at: 9 })).toBe(keyOf(debit));
    expect(keyOf({ ...debit, attemptId: brand<AttemptId>("a2") })).not.toBe(keyOf(debit));
    const reverses = { number: 7, transfer: transferOf(debit), attemptId: a1 };
    const refund = { kind: "refund", reason: "power-failure", reverses, at: 6 } as const;
    // An entry is taken back once, whether it is called a refund or a correction.
    expect(keyOf({ kind: "correction", reverses, at: 7 })).toBe(keyOf(refund));
    expect(keyOf({ kind: "credit", key: "a1", amount: 1, at: 1 })).not.toBe(keyOf(debit));
  });
});

describe("the balance by day", () => {
  it("[B5] is what all days up to then sum to", () => {
    const days = [
      { at: 0, change: 5_000 },
      { at: 1, change: -7_000 },
      { at: 4, change: 1_000 },
    ];
    expect(balanceByDay(days)).toEqual([
      { at: 0, balance: 5_000 },
      { at: 1, balance: -2_000 },
      { at: 4, balance: -1_000 },
    ]);
  });
});

describe("the limit", () => {
  it.each([
    { balance: 10 * attemptPrice, promised: 0, overdraft: 0, left: 10 },
    { balance: 10 * attemptPrice, promised: 4, overdraft: 0, left: 6 },
    { balance: 10 * attemptPrice - 1, promised: 4, overdraft: 0, left: 5 },
    { balance: 0, promised: 0, overdraft: 2 * attemptPrice, left: 2 },
    { balance: -attemptPrice, promised: 1, overdraft: 2 * attemptPrice, left: 0 },
    { balance: -9 * attemptPrice, promised: 5, overdraft: 0, left: 0 },
  ])("[B8] leaves $left places of a balance of $balance with $promised promised", ({ left, ...standing }) => {
    expect(placesLeft(standing)).toBe(left);
    expect(mayRegister(standing, left)).toBe(true);
    expect(mayRegister(standing, left + 1)).toBe(false);
  });

  it("[B9] of none is no limit", () => {
    const standing = { balance: -(10 ** 9), promised: 10 ** 6, overdraft: null };
    expect(placesLeft(standing)).toBeNull();
    expect(mayRegister(standing, 5_000)).toBe(true);
  });

  it("[B8] [B10] promises never more than the balance and the overdraft cover, so that who begins stays within it", () => {
    const standing = fc.record({ balance: fc.integer({ min: -(10 ** 6), max: 10 ** 6 }), overdraft: fc.nat(10 ** 6) });
    fc.assert(
      fc.property(standing, fc.array(fc.integer({ min: 1, max: 300 })), ({ balance, overdraft }, groups) => {
        let promised = 0;
        for (const candidates of groups) {
          if (mayRegister({ balance, overdraft, promised }, candidates)) promised += candidates;
        }
        if (promised > 0) expect(balance - promised * attemptPrice).toBeGreaterThanOrEqual(-overdraft);
      }),
    );
  });
});

describe("a refund", () => {
  it.each([
    { wasDebited: false, wasReversed: false, isOver: true, refusal: "nothing-debited" },
    { wasDebited: true, wasReversed: true, isOver: true, refusal: "refunded-already" },
    { wasDebited: true, wasReversed: false, isOver: false, refusal: "still-going" },
    { wasDebited: true, wasReversed: false, isOver: true, refusal: null },
  ])("[B11] [B12] is answered with $refusal", ({ refusal, ...billed }) => {
    expect(refundRefusal(billed)).toBe(refusal);
  });

  it.each([
    [{ type: "terminated", cause: "technical", reason: "The power went" }, true],
    [{ type: "terminated", cause: "conduct", reason: "A technical problem" }, false],
    [{ type: "terminated", cause: "other", reason: "Fire alarm" }, false],
    [{ type: "terminated", reason: "Technical problem" }, false],
    [{ type: "handedIn", cause: "policy" }, false],
    [{ type: "paused", reason: "Technical problem" }, false],
  ] as const)("[B18] follows from an end for a technical failure, and from no other: %j", (fact, isRefunded) => {
    expect(isRefundedAtEnd(fact)).toBe(isRefunded);
  });

  it("[B16] is due for an end that was not stored when an hour has gone by, and for none that waits for a person", () => {
    expect([0, 1, 3_600_000, 7_200_000].map((late) => isEndNotStored(5_000, 5_000 + late))).toEqual([
      false,
      false,
      true,
      true,
    ]);
    expect(isEndNotStored(null, 10 ** 13)).toBe(false);
  });
});
