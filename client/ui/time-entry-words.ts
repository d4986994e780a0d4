import type { TimeEntryKind } from "#domain/attempt/deadline.ts";
import type { TimeEntryView } from "#domain/attempt/time-view.ts";

/** What a line of the time ledger is for. */
export function timeEntryWords(kind: TimeEntryKind): string {
  switch (kind) {
    case "base":
      return "The exam";
    case "allowance":
      return "Arranged beforehand";
    case "extra":
      return "Extra time";
    case "withdrawn":
      return "Taken back";
    case "pause":
      return "Given back for a pause";
    case "break":
      return "Given back for a break";
    case "outage":
      return "Given back for a lost connection";
  }
}

/** Who gave it: by name where the reader may know it, else by role. */
export function timeGiverWords({ kind, by, name }: Pick<TimeEntryView, "kind" | "by" | "name">): string {
  if (name !== null) return name;
  if (kind === "base") return "The exam's rules";
  if (by === "proctor") return kind === "allowance" ? "Your institution" : "The proctor";
  return by === "system" ? "Automatic" : "You";
}
