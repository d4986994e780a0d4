import type { AttemptFact } from "../attempt/event.ts";
import type { EpochMs } from "../integrity/signal.ts";

/** `wasDebited`: it began. `wasReversed`: what it cost was given back already. `isOver`: it can no longer go on. */
export type Billed = { readonly wasDebited: boolean; readonly wasReversed: boolean; readonly isOver: boolean };

export type RefundRefusal = "nothing-debited" | "still-going" | "refunded-already";

/** [B11] [B12] Why an attempt is not refunded; null: it may be. */
export function refundRefusal({ wasDebited, wasReversed, isOver }: Billed): RefundRefusal | null {
  if (!wasDebited) return "nothing-debited";
  if (wasReversed) return "refunded-already";
  return isOver ? null : "still-going";
}

/** [B18] Whether what happened gives back what the attempt cost: staff ended it, and said that technology failed. */
export function isRefundedAtEnd(fact: AttemptFact): boolean {
  return fact.type === "terminated" && fact.cause === "technical";
}

/**
 * [B16] What the product itself knows of an attempt that its exam ended without: its record cannot be read, its session has
 * none of it any more, or it went on long after its time because its end could not be stored. All are faults of the service,
 * whatever the candidate did.
 */
export type ServiceFailure = "record-unreadable" | "record-lost" | "end-not-stored";

/** An end that could not be stored for this long will not be. */
const endsLateMs = 3_600_000;

/** `dueAt`: when time alone should have changed the attempt that still goes on; null where nothing waits for the clock. */
export function isEndNotStored(dueAt: EpochMs | null, now: EpochMs): boolean {
  return dueAt !== null && now - dueAt >= endsLateMs;
}
