/** `wasDebited`: it began. `wasReversed`: what it cost was given back already. `isOver`: it can no longer go on. */
export type Billed = { readonly wasDebited: boolean; readonly wasReversed: boolean; readonly isOver: boolean };

export type RefundRefusal = "nothing-debited" | "still-going" | "refunded-already";

/** [B11] [B12] Why an attempt is not refunded; null: it may be. */
export function refundRefusal({ wasDebited, wasReversed, isOver }: Billed): RefundRefusal | null {
  if (!wasDebited) return "nothing-debited";
  if (wasReversed) return "refunded-already";
  return isOver ? null : "still-going";
}
