import type { AttemptEvent, AttemptFact } from "#domain/attempt/event.ts";
import type { EpochMs } from "#domain/integrity/signal.ts";
import type { Severity } from "#domain/integrity/policy.ts";
import { factSentence } from "../ui/fact-sentence.ts";

export const timelineGroups = ["violations", "people", "progress", "answers", "signals", "recording"] as const;
/**
 * What a reviewer filters by. `people`: what was said and done between candidate and proctor. `signals`: everything the
 * page noticed, also what was too short to be a violation.
 */
export type TimelineGroup = (typeof timelineGroups)[number];

export const groupWords: Readonly<Record<TimelineGroup, string>> = {
  violations: "Violations",
  people: "Proctor and messages",
  progress: "Progress",
  answers: "Answers",
  signals: "All signals",
  recording: "Recording",
};

/** `moment` is when it was so, which may be before it was noted: a violation begins before it has lasted long enough. */
export type TimelineEntry = {
  readonly seq: number;
  readonly moment: EpochMs;
  readonly group: TimelineGroup;
  readonly text: string;
  readonly severity: Severity | null;
};

/** The attempt's log as a reviewer reads it, in order of moment. */
export function timelineOf(events: readonly AttemptEvent[]): readonly TimelineEntry[] {
  return events
    .map(({ seq, at, by, fact }) => ({
      seq,
      moment: momentOf(fact, at),
      group: groupOf(fact),
      text: factSentence(fact, by),
      severity: fact.type === "violationNoted" ? fact.violation.severity : null,
    }))
    .toSorted((one, other) => one.moment - other.moment || one.seq - other.seq);
}

function momentOf(fact: AttemptFact, at: EpochMs): EpochMs {
  switch (fact.type) {
    case "violationNoted":
      return fact.violation.from;
    case "signalBegan":
      return fact.since;
    case "signalEnded":
      return fact.until;
    default:
      return at;
  }
}

function groupOf(fact: AttemptFact): TimelineGroup {
  switch (fact.type) {
    case "violationNoted":
      return "violations";
    case "denied":
    case "identityLeftToProctor":
    case "identityAskedAgain":
    case "takeOverAsked":
    case "takeOverRefused":
    case "warned":
    case "warningAcknowledged":
    case "messageSent":
    case "paused":
    case "resumed":
    case "breakStarted":
    case "breakEnded":
    case "accommodated":
    case "timeGiven":
    case "terminated":
    case "heldForReview":
    case "reviewDecided":
      return "people";
    case "registered":
    case "consentGiven":
    case "browserReleased":
    case "browserBound":
    case "writerChanged":
    case "deviceChecked":
    case "identityCaptured":
    case "admissionRequested":
    case "admitted":
    case "paperOpened":
    case "handedIn":
    // Not among the answers, which are hidden at first: who judges an attempt has to meet it.
    case "answerKept":
    case "scored":
      return "progress";
    case "answerSaved":
    case "itemFlagged":
    case "itemVisited":
    case "sectionEntered":
    case "sectionEnded":
      return "answers";
    case "signalBegan":
    case "signalEnded":
    case "sensorReported":
      return "signals";
    case "mediaPublished":
    case "segmentStored":
    case "stillStored":
      return "recording";
  }
}

/** The last entry that had begun by then: where a reader of the timeline is. */
export function entryAt(entries: readonly TimelineEntry[], at: EpochMs): TimelineEntry | null {
  return entries.findLast(({ moment }) => moment <= at) ?? null;
}

/** Going back, an entry that has only just begun is skipped, or one could never get past it. */
const justBegunMs = 1_500;

export function neighbourOf(
  entries: readonly TimelineEntry[],
  at: EpochMs,
  direction: "next" | "previous",
): TimelineEntry | null {
  const found =
    direction === "next"
      ? entries.find(({ moment }) => moment > at)
      : entries.findLast(({ moment }) => moment < at - justBegunMs);
  return found ?? null;
}
