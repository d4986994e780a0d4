import type { LogFault, LogVerdict } from "#domain/evidence/verify-log.ts";
import type { Malformed } from "./log-file.ts";

/** A verdict in one plain line. `hasEntries`: rows were at hand, and not only what strangers may read. */
export function logWords(verdict: LogVerdict | Malformed, hasEntries: boolean): string {
  if ("line" in verdict) return `The log is not as it was signed: line ${verdict.line} of the file: ${verdict.why}.`;
  if (!verdict.fits) return `The log is not as it was signed: ${faultWords(verdict.fault)}`;
  const { size, erased, erasedByCount, signedBy, since } = verdict;
  const which = erasedByCount === 0 ? "" : `; for ${erasedByCount} of these they say how many, and not which`;
  const here =
    erased === 0
      ? "every one is here, unchanged and in order"
      : `every one is here and in order, unchanged but for ${erased} that were erased, as later ones say${which}`;
  const what = hasEntries ? here : "the tree is whole; the entries themselves were not given";
  const before = since === null ? "" : ` Its first ${counted(since)} are those of the earlier checkpoint.`;
  return `The log fits: ${signedBy} signed ${counted(size)}, ${what}.${before}`;
}

function faultWords(fault: LogFault): string {
  switch (fault.kind) {
    case "not-a-checkpoint":
      return `the ${fault.which} is no signed checkpoint.`;
    case "key-unknown":
      return `the ${fault.which} is not signed by one of the keys, and by it alone.`;
    case "signature-wrong":
      return `the signature of the ${fault.which} is not by ${fault.signedBy}: it was changed or made up.`;
    case "another-log":
      return `${fault.other} is another log than ${fault.origin}.`;
    case "entries-missing":
      return `${counted(fault.size)} are signed and only ${fault.entries} are here: some were taken away at the end.`;
    case "entries-too-many":
      return `${counted(fault.size)} are signed and ${fault.entries} are here: some were added.`;
    case "entry-misplaced":
      return `where entry ${fault.place} should be is entry ${fault.number}: the order or the number was changed.`;
    case "tile-misplaced":
      return `where tile ${fault.wanted} should be is ${fault.found ?? "none"}.`;
    case "entry-changed":
      return `entry ${fault.number} was changed.`;
    case "tile-changed":
      return `tile ${fault.path} was changed.`;
    case "gone-unsaid":
      return `the text of entry ${fault.number} is gone, and no later entry says that it was erased.`;
    case "gone-too-many": {
      const { by, entries, from, to } = fault.record;
      return `entry ${by} says that ${entries} of the entries from ${from} to ${to} were erased, and the texts of more are gone, that of entry ${fault.number} among them.`;
    }
    case "root-differs":
      return `entries and tiles do not give the root that is signed for ${counted(fault.size)}.`;
    case "shrunk":
      return `it has ${counted(fault.size)}, and had ${fault.before} at the earlier checkpoint.`;
    case "history-differs":
      return `its first ${counted(fault.before)} are not those that the earlier checkpoint signed: history was rewritten.`;
  }
}

function counted(entries: number): string {
  return `${entries} ${entries === 1 ? "entry" : "entries"}`;
}
