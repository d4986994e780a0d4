import type { Attention, AttentionPart } from "#domain/integrity/attention.ts";
import { count, formatDuration } from "../ui/format-duration.ts";

/** Why a candidate stands where it does in the order, in words and the heaviest first. Empty where nothing asks for a look. */
export function attentionWords({ call, parts }: Attention): readonly string[] {
  const called = callWords[call];
  const said = parts.toSorted((one, other) => other.weight - one.weight).map(partWords);
  return called === null ? said : [called, ...said];
}

const callWords: Readonly<Record<Attention["call"], string | null>> = {
  waiting: "Waits for an answer of yours.",
  message: "Wrote, and nobody has answered.",
  violation: null,
  offline: "Is cut off.",
  noted: "Only in the log: the policy asks nobody to act.",
  none: null,
};

function partWords(part: AttentionPart): string {
  switch (part.kind) {
    case "severity":
      return `${part.count === 1 ? `One violation of severity ${part.severity}` : `${part.count} violations of severity ${part.severity}`}.`;
    case "recency":
      return `The latest ${formatDuration(part.agoMs)} ago.`;
    case "ageing":
      return `Nobody had looked for ${formatDuration(part.forMs)}.`;
    case "lasting":
      return `${count(part.count, "signal")} ${part.count === 1 ? "lasts" : "last"} now.`;
    case "unread":
      return `${count(part.count, "warning")} not read yet.`;
  }
}
