import type { AttemptId } from "../exam/ids.ts";
import type { EpochMs } from "../integrity/signal.ts";
import type { ServiceFailure } from "./refund.ts";

/** Amounts are whole thousandths of a credit, so that no sum is ever rounded. */
export const unitsPerCredit = 1_000;

/** What an attempt costs that begins: one credit. */
export const attemptPrice = 1_000;

/** Kinds of entries are kept for ever: one may be added, never renamed. */
export const ledgerKinds = ["credit", "debit", "refund", "correction", "ai-usage"] as const;
export type LedgerKind = (typeof ledgerKinds)[number];

/**
 * Where credits are. `balance`: what the institution may use. The others are where they come from and go to: `issued`
 * by the operator, used by `attempts` that began, used by `ai` models.
 */
export const ledgerAccounts = ["balance", "issued", "attempts", "ai"] as const;
export type LedgerAccount = (typeof ledgerAccounts)[number];

/** What went wrong, of those who refund an attempt. Each is a failure of technology; a candidate who stops is none. */
export const technicalFailures = ["service-failure", "network-failure", "device-failure", "power-failure"] as const;
export type TechnicalFailure = (typeof technicalFailures)[number];

/** Why an attempt did not cost anything after all. `technical-end`: staff ended it for a failure of technology. [B18] */
export const refundReasons = [...technicalFailures, "technical-end"] as const;
export type RefundReason = (typeof refundReasons)[number];

/** What a model was asked for: its name, and how many units (tokens, seconds, pictures) went in and came out. */
export type AiUsage = { readonly model: string; readonly unitsIn: number; readonly unitsOut: number };

/** A whole amount, over zero, that went from one account to another. */
export type Transfer = { readonly from: LedgerAccount; readonly to: LedgerAccount; readonly amount: number };

export type Posting = { readonly account: LedgerAccount; readonly amount: number };

/** An entry that takes back what this one did, all of it: `number` is its place in the institution's ledger. */
type Taken = { readonly number: number; readonly transfer: Transfer; readonly attemptId: AttemptId | null };

/** What can be entered. `key` and `number` are the institution's own: two have nothing to do with each other. */
export type NewEntry = { readonly at: EpochMs } & (
  | { readonly kind: "credit"; readonly key: string; readonly amount: number }
  | { readonly kind: "debit"; readonly attemptId: AttemptId }
  | {
      readonly kind: "refund";
      readonly reason: RefundReason;
      readonly reverses: Taken;
      /** By which the product knew it, where nobody asked. [B16] */
      readonly failure?: ServiceFailure;
    }
  | { readonly kind: "correction"; readonly reverses: Taken }
  | { readonly kind: "ai-usage"; readonly key: string; readonly usage: AiUsage; readonly amount: number }
);

/** [B4] What is told twice has one key, by which the second is known. */
export function keyOf(entry: NewEntry): string {
  switch (entry.kind) {
    case "credit":
    case "ai-usage":
      return `${entry.kind}:${entry.key}`;
    case "debit":
      return `debit:${entry.attemptId}`;
    case "refund":
    case "correction":
      return `reversal:${entry.reverses.number}`;
  }
}

export function transferOf(entry: NewEntry): Transfer {
  switch (entry.kind) {
    case "credit":
      return { from: "issued", to: "balance", amount: entry.amount };
    case "debit":
      return { from: "balance", to: "attempts", amount: attemptPrice };
    case "ai-usage":
      return { from: "balance", to: "ai", amount: entry.amount };
    case "refund":
    case "correction":
      return reversed(entry.reverses.transfer);
  }
}

/** Whose attempt it is about; null: none's. */
export function attemptOf(entry: NewEntry): AttemptId | null {
  switch (entry.kind) {
    case "debit":
      return entry.attemptId;
    case "refund":
    case "correction":
      return entry.reverses.attemptId;
    case "credit":
    case "ai-usage":
      return null;
  }
}

/** [B1] The two sides of an entry. Their sum is zero. */
export function postingsOf({ from, to, amount }: Transfer): readonly Posting[] {
  return [
    { account: from, amount: -amount },
    { account: to, amount },
  ];
}

/** By how much an entry changes what the institution may use. */
export function changeOf(transfer: Transfer): number {
  return postingsOf(transfer)
    .filter(({ account }) => account === "balance")
    .reduce((sum, { amount }) => sum + amount, 0);
}

function reversed({ from, to, amount }: Transfer): Transfer {
  return { from: to, to: from, amount };
}
