import { type LedgerKind, type RefundReason, unitsPerCredit } from "#domain/ledger/entry.ts";
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

export const refundReasonWords: Readonly<Record<RefundReason, string>> = {
  "service-failure": "Invigil did not work",
  "network-failure": "The network failed",
  "device-failure": "The candidate's computer failed",
  "power-failure": "The power failed",
};

/** What else there is to say of an entry; empty where there is nothing. */
export function ledgerDetail({ kind, key, reason, reverses, reversedBy, usage }: ListedLedgerEntry): string {
  const back = reversedBy === null ? [] : [`Taken back by entry ${reversedBy}`];
  return [...what(), ...back].join(". ");

  function what(): readonly string[] {
    switch (kind) {
      case "credit":
        return [`Reference ${key.slice("credit:".length)}`];
      case "debit":
        return [];
      case "refund":
        return [`${reason === null ? "" : `${refundReasonWords[reason]}. `}Takes back entry ${reverses}`];
      case "correction":
        return [`Takes back entry ${reverses}`];
      case "ai-usage":
        return usage === null ? [] : [`${usage.model}, ${usage.unitsIn} units in, ${usage.unitsOut} out`];
    }
  }
}
