import { describe, expect, it } from "vitest";
import { creditChange, credits, ledgerDetail } from "#client/manage/ledger-words.ts";
import type { ListedLedgerEntry } from "#protocol/http/ledger.ts";

const credit: ListedLedgerEntry = {
  number: 7,
  at: 0,
  kind: "credit",
  from: "issued",
  to: "balance",
  amount: 5_000,
  change: 5_000,
  key: "credit:order-12",
  attemptId: null,
  reverses: null,
  reason: null,
  usage: null,
  name: null,
  reversedBy: null,
  refundedBy: null,
  mayRefund: false,
};

describe("the ledger in words", () => {
  it("has credits, and their thousandths only where there are any", () => {
    expect([credits(500_000), credits(-1_000), credits(12_345), credits(0)]).toEqual(["500", "-1", "12.345", "0"]);
    expect([creditChange(5_000), creditChange(-30), creditChange(0)]).toEqual(["+5", "-0.03", "0"]);
  });

  it("says of an entry where it comes from, and what took it back", () => {
    expect(ledgerDetail(credit)).toBe("Reference order-12");
    expect(ledgerDetail({ ...credit, reversedBy: 9 })).toBe("Reference order-12. Taken back by entry 9");
    expect(ledgerDetail({ ...credit, kind: "debit", key: "debit:a1" })).toBe("");
    expect(ledgerDetail({ ...credit, kind: "refund", reason: "power-failure", reverses: 3 })).toBe(
      "The power failed. Takes back entry 3",
    );
    const rosa = { id: "rosa", name: "Rosa" };
    expect(ledgerDetail({ ...credit, kind: "refund", reason: "power-failure", reverses: 3, refundedBy: rosa })).toBe(
      "The power failed. Refunded by Rosa. Takes back entry 3",
    );
    const usage = { model: "marker-1", unitsIn: 900, unitsOut: 20 };
    expect(ledgerDetail({ ...credit, kind: "ai-usage", usage })).toBe("marker-1, 900 units in, 20 out");
  });

  it("[B18] says whose end of an attempt gave it back, by a name where there is one", () => {
    const refund = { ...credit, kind: "refund", reason: "technical-end", reverses: 3 } as const;
    const ended = (refundedBy: ListedLedgerEntry["refundedBy"]) => ledgerDetail({ ...refund, refundedBy });
    expect(ended({ id: "lin", name: "Lin" })).toBe("Lin ended the exam for a technical failure. Takes back entry 3");
    expect(ended({ id: "lin", name: null })).toMatch(/^A former member \(lin\) ended/);
    expect(ended(null)).toMatch(/^A proctor ended/);
  });
});
