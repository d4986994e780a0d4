import type { Misfit, ReceiptVerdict } from "#domain/evidence/receipt.ts";

/** When the record's events were erased, and why. */
type Erased = { readonly at: number; readonly why: "period" | "erasure" };

/** A verdict in one plain line, which says no more than one signed root can tell. */
export function verdictWords(verdict: ReceiptVerdict, erased: Erased | null): string {
  if (!verdict.fits) return `The receipt does not fit: ${misfitWords(verdict.misfit)}`;
  const { size, events, signedBy } = verdict;
  const after = events - size;
  const rest = after === 0 ? "They are all it has." : `${counted(after)} came after it, of which it says nothing.`;
  return `The receipt fits: the record's first ${counted(size)} are those that ${signedBy} signed. ${rest}${erasedWords(erased)}`;
}

function erasedWords(erased: Erased | null): string {
  if (erased === null) return "";
  const day = new Date(erased.at).toISOString().slice(0, 10);
  const why = erased.why === "period" ? "the time for which they are kept was over" : "the person asked for it";
  return ` What they said was erased on ${day}, as ${why}: their hashes are left, and fit.`;
}

function misfitWords(misfit: Misfit): string {
  switch (misfit.kind) {
    case "not-a-receipt":
      return "it is not a signed checkpoint.";
    case "key-unknown":
      return `it is signed by ${misfit.signedBy.join(", ")}, which is not among the keys.`;
    case "signature-wrong":
      return `its signature is not by ${misfit.signedBy}: the receipt was changed or made up.`;
    case "another-attempt":
      return `it is of ${misfit.receipt}, and the record of ${misfit.record}.`;
    case "record-shorter":
      return `it signs ${counted(misfit.size)}, and the record has only ${misfit.events}: some were taken away.`;
    case "record-differs":
      return `the record was changed at or before event ${misfit.size}. At which one, this receipt alone cannot say.`;
  }
}

function counted(events: number): string {
  return `${events} event${events === 1 ? "" : "s"}`;
}
