import { type LedgerKind, type RefundReason, type TechnicalFailure, unitsPerCredit } from "#domain/ledger/entry.ts";
import type { ListedLedgerEntry } from "#protocol/http/ledger.ts";

const plain = new Intl.NumberFormat(undefined, { maximumFractionDigits: 3 });
const signed = new Intl.NumberFormat(undefined, { maximumFractionDigits: 3, signDisplay: "exceptZero" });

/** `12.5`: thousandths of a credit as credits. */
export function credits(units: number): string {
  return plain.format(units / unitsPerCredit);
}

/** `+12.5`, `-1`: what an entry did to the balance. */
export function creditChange(units: number): string {
  return signed.format(units / unitsPerCredit);
}

export const ledgerKindWords: Readonly<Record<LedgerKind, string>> = {
  credit: "Credits given",
  debit: "An attempt began",
  refund: "Refund",
  correction: "Correction",
  "ai-usage": "Use of a model",
};

export const failureWords: Readonly<Record<TechnicalFailure, string>> = {
  "service-failure": "Invigil did not work",
  "network-failure": "The network failed",
  "device-failure": "The candidate's computer failed",
  "power-failure": "The power failed",
};

/** Why, and by whom: a proctor's end of an attempt is read as one, and not as the decision of who keeps the ledger. */
function refundWords(reason: RefundReason | null, by: ListedLedgerEntry["refundedBy"]): readonly string[] {
  const who = by === null ? null : (by.name ?? `A former member (${by.id})`);
  if (reason === "technical-end") return [`${who ?? "A proctor"} ended the exam for a technical failure`];
  return [...(reason === null ? [] : [failureWords[reason]]), ...(who === null ? [] : [`Refunded by ${who}`])];
}

/** What else there is to say of an entry; empty where there is nothing. */
export function ledgerDetail(entry: ListedLedgerEntry): string {
  const { kind, key, reason, reverses, reversedBy, refundedBy, usage } = entry;
  const back = reversedBy === null ? [] : [`Taken back by entry ${reversedBy}`];
  return [...what(), ...back].join(". ");

  function what(): readonly string[] {
    switch (kind) {
      case "credit":
        return [`Reference ${key.slice("credit:".length)}`];
      case "debit":
        return [];
      case "refund":
        return [...refundWords(reason, refundedBy), `Takes back entry ${reverses}`];
      case "correction":
        return [`Takes back entry ${reverses}`];
      case "ai-usage":
        return usage === null ? [] : [`${usage.model}, ${usage.unitsIn} units in, ${usage.unitsOut} out`];
    }
  }
}
