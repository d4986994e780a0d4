import { attemptOf, changeOf, keyOf, type LedgerKind, type NewEntry, transferOf } from "#domain/ledger/entry.ts";
import type { AuditDetails, AuditKind, AuditSubject } from "#protocol/audit.ts";

const kinds: Readonly<Record<LedgerKind, AuditKind>> = {
  credit: "credits-given",
  debit: "attempt-debited",
  refund: "attempt-refunded",
  correction: "ledger-corrected",
  "ai-usage": "ai-usage-debited",
};

/** [B7] What the audit says of an entry of the ledger: `change` of the balance, in thousandths of a credit, and its key. */
export function ledgerAct(entry: NewEntry): {
  readonly kind: AuditKind;
  readonly on: AuditSubject | null;
  readonly details: AuditDetails;
} {
  const attemptId = attemptOf(entry);
  return {
    kind: kinds[entry.kind],
    on: attemptId === null ? null : { kind: "attempt", id: attemptId },
    details: {
      change: changeOf(transferOf(entry)),
      ledgerKey: keyOf(entry),
      ...(entry.kind === "refund" ? { reason: entry.reason } : {}),
      ...(entry.kind === "refund" && entry.failure !== undefined ? { failure: entry.failure } : {}),
    },
  };
}
