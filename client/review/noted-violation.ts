import type { AttemptEvent } from "#domain/attempt/event.ts";
import type { Still } from "#domain/attempt/still.ts";
import type { Violation } from "#domain/integrity/judge.ts";
import { type EpochMs, momentarySignalKinds } from "#domain/integrity/signal.ts";
import { formatDuration } from "../ui/format-duration.ts";

/** What came of a violation, as the log has it and not only as the policy asks for it. */
export type Followed = "logged" | "warned" | "warning-read" | "proctor-told" | "paused" | "handed-in" | "overtaken";

/** A violation of the log. `until`: when what was seen ended; null where it is one moment, or went on to the end. */
export type ReviewedViolation = Violation & {
  readonly seq: number;
  readonly until: EpochMs | null;
  readonly followed: Followed;
  /** The pictures of its moment. */
  readonly stills: readonly Still[];
};

/** The violations of an attempt's log, in order, each with how long it went on and what followed. */
export function violationsOf(events: readonly AttemptEvent[]): readonly ReviewedViolation[] {
  return events.flatMap(({ seq, fact }) =>
    fact.type === "violationNoted"
      ? [
          {
            ...fact.violation,
            seq,
            until: endOf(events, seq, fact.violation),
            followed: followedFrom(events, seq, fact.violation),
            stills: stillsOf(events, seq),
          },
        ]
      : [],
  );
}

function stillsOf(events: readonly AttemptEvent[], seq: number): readonly Still[] {
  return events.flatMap(({ fact }) =>
    fact.type === "stillStored" && fact.still.violation === seq ? [fact.still] : [],
  );
}

function endOf(events: readonly AttemptEvent[], seq: number, { kind, subject }: Violation): EpochMs | null {
  for (const { seq: later, fact } of events) {
    if (later <= seq || fact.type !== "signalEnded" || fact.kind !== kind) continue;
    if (fact.subject === undefined || fact.subject === subject) return fact.until;
  }
  return null;
}

function followedFrom(events: readonly AttemptEvent[], seq: number, { response = "log" }: Violation): Followed {
  const comesOf = ({ fact }: AttemptEvent) =>
    (fact.type === "paused" || fact.type === "heldForReview") && fact.violation === seq;
  switch (response) {
    case "log":
      return "logged";
    case "warn":
      return events.some(({ fact }) => fact.type === "warningAcknowledged" && fact.warning === seq)
        ? "warning-read"
        : "warned";
    case "notify-proctor":
      return "proctor-told";
    case "pause":
      return events.some(comesOf) ? "paused" : "overtaken";
    case "hand-in":
      return events.some(comesOf) ? "handed-in" : "overtaken";
  }
}

export const followedWords: Readonly<Record<Followed, string>> = {
  logged: "Noted in the log, and nothing else.",
  warned: "The candidate was warned and has not said that they read it.",
  "warning-read": "The candidate was warned and read the warning.",
  "proctor-told": "The proctor was told.",
  paused: "The exam was paused until a proctor let it go on.",
  "handed-in": "The exam was handed in, and its result is held for people.",
  overtaken: "Noted; something stronger followed at the same moment.",
};

/** How long it was seen: until it was noted, and in all where the log says when it ended. */
export function lengthWords({ kind, from, notedAt, until }: ReviewedViolation): string {
  if (momentarySignalKinds.some((moment) => moment === kind)) return "One moment";
  const noted = `${formatDuration(notedAt - from)} when it was noted`;
  return until === null || until - notedAt < 1_000 ? noted : `${noted}, ${formatDuration(until - from)} in all`;
}

export function confidenceWords(confidence: number | null): string {
  return confidence === null ? "The sensor gives none" : `${Math.round(confidence * 100)} % by the sensor`;
}
