import { emptyFile, fileAfter } from "./case-file.ts";
import { passesWith } from "./device-check.ts";
import type { TimeEntry } from "./deadline.ts";
import type { AttemptEvent, AttemptFact } from "./event.ts";
import { identityAfter } from "./identity.ts";
import { holdAfter } from "./review.ts";
import { type Attempt, initialAttempt, type InStatus, type Registered, type Work } from "./state.ts";
import { type WritingFact, writingAfter } from "./writing.ts";

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
  return { ...attended(apply(attempt, event), event), seq: event.seq };
}

/** [I17] Whatever a member of staff does about an attempt, somebody has looked at it. */
function attended(attempt: Attempt, { by, at }: AttemptEvent): Attempt {
  if (by.kind !== "proctor" || attempt.status === "unregistered") return attempt;
  return { ...attempt, file: { ...attempt.file, attendedAt: at } };
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
      return { ...known, file: withWriting(known, fact, event), consent: { ...known.consent, browser } };
    }
    case "deviceChecked": {
      const known = consented(attempt, event);
      if (!passesWith(known.file.exceptions, fact.check)) return known;
      const checked = { ...known, file: { ...known.file, writing: { ...known.file.writing, checkFirst: false } } };
      return checked.status === "consented" ? { ...checked, status: "checked" } : checked;
    }
    case "identityCaptured":
    case "identityLeftToProctor": {
      const known = consented(attempt, event);
      return { ...known, file: { ...known.file, identity: identityAfter(known.file.identity, fact, event) } };
    }
    case "identityAskedAgain": {
      const known = consented(attempt, event);
      const asked = { ...known, file: { ...known.file, identity: identityAfter(known.file.identity, fact, event) } };
      // Who waits to be let in, or was, goes back to before that.
      return "work" in asked ? asked : { ...bare(asked, event), status: "checked" };
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
      return { ...bareOpened(attempt, event), status: "paused", pausedAt: at, reason: fact.reason, breakUntil: null };
    case "breakStarted": {
      const { endsAt: breakUntil } = fact;
      return { ...bareOpened(attempt, event), status: "paused", pausedAt: at, reason: "Break", breakUntil };
    }
    case "resumed":
    case "breakEnded": {
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
        hold: null,
      };
    case "terminated":
      return {
        ...bareOpened(attempt, event),
        status: "terminated",
        at,
        cause: fact.cause ?? null,
        reason: fact.reason,
        score: null,
        hold: null,
      };
    case "scored": {
      const known = opened(attempt, event);
      if (known.status !== "handed-in" && known.status !== "terminated") throw new ImpossibleEvent(attempt, event);
      return { ...known, score: fact.score };
    }
    case "heldForReview":
    case "reviewDecided": {
      const known = opened(attempt, event);
      if (known.status !== "handed-in" && known.status !== "terminated") throw new ImpossibleEvent(attempt, event);
      const hold = holdAfter(known.hold, fact, event);
      if (hold === null) throw new ImpossibleEvent(attempt, event);
      return { ...known, hold };
    }
    case "timeGiven":
    case "answerSaved":
    case "answerKept":
    case "itemFlagged":
    case "itemVisited":
    case "sectionEntered":
    case "sectionEnded": {
      const known = opened(attempt, event);
      return { ...known, work: work(known.work, fact, event) };
    }
    case "writerChanged":
    case "takeOverAsked":
    case "takeOverRefused": {
      const known = filed(attempt, event);
      return { ...known, file: withWriting(known, fact, event) };
    }
    case "accommodated":
    case "signalBegan":
    case "signalEnded":
    case "sensorReported":
    case "violationNoted":
    case "warned":
    case "warningAcknowledged":
    case "messageSent":
    case "mediaPublished":
    case "segmentStored":
    case "stillStored": {
      const known = filed(attempt, event);
      return { ...known, file: fileAfter(known.file, fact, event) };
    }
  }
}

function withWriting(known: Registered, fact: WritingFact, event: AttemptEvent): Registered["file"] {
  const browser = "consent" in known ? known.consent.browser : null;
  return { ...known.file, writing: writingAfter(known.file.writing, fact, event, { browser, status: known.status }) };
}

function freshWork(at: number): Work {
  return { openedAt: at, ledger: [], judgedFrom: at, answers: {}, kept: [], flagged: [], position: null, sections: {} };
}

type WorkFact = Extract<
  AttemptFact,
  {
    type:
      | "timeGiven"
      | "answerSaved"
      | "answerKept"
      | "itemFlagged"
      | "itemVisited"
      | "sectionEntered"
      | "sectionEnded";
  }
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
    case "sectionEntered": {
      const entered = { at: event.at, entries: before.ledger.length, isOver: false };
      return { ...before, sections: { ...before.sections, [fact.sectionId]: entered } };
    }
    case "sectionEnded": {
      const entered = before.sections[fact.sectionId];
      if (entered === undefined) return before;
      return { ...before, sections: { ...before.sections, [fact.sectionId]: { ...entered, isOver: true } } };
    }
  }
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
