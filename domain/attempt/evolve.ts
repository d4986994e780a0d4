import type { Violation } from "../integrity/judge.ts";
import type { DeviceCheck } from "./command.ts";
import type { TimeEntry } from "./deadline.ts";
import type { AttemptEvent, AttemptFact } from "./event.ts";
import {
  type Attempt,
  type CaseFile,
  initialAttempt,
  type InStatus,
  type Message,
  type Registered,
  type TrackTally,
  type Work,
} from "./state.ts";

const nothingRecorded: TrackTally = { segments: 0, bytes: 0, until: null };

/** An event that no decision can have made on this attempt: the log is not ours or was changed. */
export class ImpossibleEvent extends Error {
  constructor(attempt: Attempt, event: AttemptEvent) {
    super(`event ${event.seq} (${event.fact.type}) cannot follow ${attempt.seq} in status ${attempt.status}`);
  }
}

/**
 * The attempt after one more event. Total over all facts; it keeps what it was given, so a slice that did not change is
 * the same object as before.
 */
export function evolve(attempt: Attempt, event: AttemptEvent): Attempt {
  if (event.seq !== attempt.seq + 1) throw new ImpossibleEvent(attempt, event);
  return { ...apply(attempt, event), seq: event.seq };
}

export function fold(events: Iterable<AttemptEvent>, from: Attempt = initialAttempt): Attempt {
  let attempt = from;
  for (const event of events) attempt = evolve(attempt, event);
  return attempt;
}

function apply(attempt: Attempt, event: AttemptEvent): Attempt {
  const { fact, at } = event;
  switch (fact.type) {
    case "registered":
      if (attempt.status !== "unregistered") throw new ImpossibleEvent(attempt, event);
      return { status: "registered", seq: event.seq, file: emptyFile(fact) };
    case "consentGiven":
      return {
        ...filed(attempt, event),
        status: "consented",
        consent: { at, textSha256: fact.textSha256, browser: fact.browser },
      };
    case "browserReleased":
    case "browserBound": {
      const known = consented(attempt, event);
      const browser = fact.type === "browserBound" ? fact.browser : null;
      return { ...known, consent: { ...known.consent, browser } };
    }
    case "deviceChecked": {
      const known = consented(attempt, event);
      return known.status === "consented" && hasPassed(fact.check) ? { ...known, status: "checked" } : known;
    }
    case "admissionRequested":
      return { ...bare(attempt, event), status: "waiting", since: at };
    case "admitted":
      return { ...bare(attempt, event), status: "admitted" };
    case "denied":
      return { ...bare(attempt, event), status: "denied", reason: fact.reason };
    case "paperOpened":
      return { ...bare(attempt, event), status: "open", work: freshWork(at) };
    case "paused":
      return { ...bareOpened(attempt, event), status: "paused", pausedAt: at, reason: fact.reason };
    case "resumed": {
      const { work: soFar, ...rest } = bareOpened(attempt, event);
      return { ...rest, status: "open", work: { ...soFar, judgedFrom: at } };
    }
    case "handedIn":
      return {
        ...bareOpened(attempt, event),
        status: "handed-in",
        at,
        cause: fact.cause,
        score: null,
      };
    case "terminated":
      return {
        ...bareOpened(attempt, event),
        status: "terminated",
        at,
        reason: fact.reason,
        score: null,
      };
    case "scored": {
      const known = opened(attempt, event);
      if (known.status !== "handed-in" && known.status !== "terminated") throw new ImpossibleEvent(attempt, event);
      return { ...known, score: fact.score };
    }
    case "timeGiven":
    case "answerSaved":
    case "answerKept":
    case "itemFlagged":
    case "itemVisited": {
      const known = opened(attempt, event);
      return { ...known, work: work(known.work, fact, event) };
    }
    case "signalBegan":
    case "signalEnded":
    case "violationNoted":
    case "warned":
    case "warningAcknowledged":
    case "messageSent":
    case "mediaPublished":
    case "segmentStored": {
      const known = filed(attempt, event);
      return { ...known, file: file(known.file, fact, event) };
    }
  }
}

function hasPassed(check: DeviceCheck): boolean {
  return Object.values(check).every((result) => result === "passed");
}

function emptyFile({ registrationId, name }: Extract<AttemptFact, { type: "registered" }>): CaseFile {
  return {
    registrationId,
    name,
    messages: [],
    conditions: [],
    violations: [],
    lastNoted: {},
    media: null,
    recorded: { camera: nothingRecorded, screen: nothingRecorded },
  };
}

function freshWork(at: number): Work {
  return { openedAt: at, ledger: [], judgedFrom: at, answers: {}, kept: [], flagged: [], position: null };
}

type WorkFact = Extract<
  AttemptFact,
  { type: "timeGiven" | "answerSaved" | "answerKept" | "itemFlagged" | "itemVisited" }
>;

function work(before: Work, fact: WorkFact, event: AttemptEvent): Work {
  switch (fact.type) {
    case "timeGiven":
      return { ...before, ledger: [...before.ledger, fact.entry satisfies TimeEntry] };
    case "answerSaved": {
      const answer = { response: fact.response, at: event.at, late: fact.late };
      return { ...before, answers: { ...before.answers, [fact.itemId]: answer } };
    }
    case "answerKept": {
      const { itemId, response, madeAt } = fact;
      return { ...before, kept: [...before.kept, { itemId, response, madeAt }] };
    }
    case "itemFlagged": {
      const others = before.flagged.filter((id) => id !== fact.itemId);
      return { ...before, flagged: fact.flagged ? [...others, fact.itemId] : others };
    }
    case "itemVisited":
      return { ...before, position: fact.itemId };
  }
}

type FileFact = Extract<
  AttemptFact,
  {
    type:
      | "signalBegan"
      | "signalEnded"
      | "violationNoted"
      | "warned"
      | "warningAcknowledged"
      | "messageSent"
      | "mediaPublished"
      | "segmentStored";
  }
>;

function file(before: CaseFile, fact: FileFact, event: AttemptEvent): CaseFile {
  switch (fact.type) {
    case "signalBegan": {
      const { kind, since, detail } = fact;
      return {
        ...before,
        conditions: [...before.conditions, { kind, since, detail, noted: false }],
      };
    }
    case "signalEnded":
      return { ...before, conditions: before.conditions.filter(({ kind }) => kind !== fact.kind) };
    case "violationNoted":
      return withViolation(before, fact.violation, event.seq);
    case "warned":
      return { ...before, messages: [...before.messages, message(event, "warning", fact.text)] };
    case "messageSent":
      return { ...before, messages: [...before.messages, message(event, "message", fact.text)] };
    case "warningAcknowledged": {
      const messages = before.messages.map((each) =>
        each.seq === fact.warning ? { ...each, acknowledged: true } : each,
      );
      return { ...before, messages };
    }
    case "mediaPublished":
      return { ...before, media: { sfuSession: fact.sfuSession, tracks: fact.tracks } };
    case "segmentStored": {
      const { track, bytes, endsAt } = fact.segment;
      const tally = before.recorded[track];
      const until = Math.max(tally.until ?? endsAt, endsAt);
      const grown = { segments: tally.segments + 1, bytes: tally.bytes + bytes, until };
      return { ...before, recorded: { ...before.recorded, [track]: grown } };
    }
  }
}

function withViolation(before: CaseFile, violation: Violation, seq: number): CaseFile {
  return {
    ...before,
    violations: [...before.violations, { ...violation, seq }],
    lastNoted: { ...before.lastNoted, [violation.kind]: violation.notedAt },
    conditions: before.conditions.map((each) => (each.kind === violation.kind ? { ...each, noted: true } : each)),
  };
}

function message({ seq, at, by }: AttemptEvent, kind: Message["kind"], text: string): Message {
  return { seq, at, from: by, kind, text, acknowledged: false };
}

function filed(attempt: Attempt, event: AttemptEvent): Registered {
  if (attempt.status === "unregistered") throw new ImpossibleEvent(attempt, event);
  return attempt;
}

function consented(attempt: Attempt, event: AttemptEvent): Exclude<Registered, InStatus<"registered">> {
  const known = filed(attempt, event);
  if (known.status === "registered") throw new ImpossibleEvent(attempt, event);
  return known;
}

type Opened = InStatus<"open"> | InStatus<"paused"> | InStatus<"handed-in"> | InStatus<"terminated">;

function opened(attempt: Attempt, event: AttemptEvent): Opened {
  const known = filed(attempt, event);
  if ("work" in known) return known;
  throw new ImpossibleEvent(attempt, event);
}

/** What every consented status has, without the fields of the status it leaves. */
function bare(attempt: Attempt, event: AttemptEvent) {
  const { seq, file: caseFile, consent } = consented(attempt, event);
  return { seq, file: caseFile, consent };
}

function bareOpened(attempt: Attempt, event: AttemptEvent) {
  const { seq, file: caseFile, consent, work: workSoFar } = opened(attempt, event);
  return { seq, file: caseFile, consent, work: workSoFar };
}
