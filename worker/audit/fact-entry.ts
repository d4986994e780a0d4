import type { Actor } from "#domain/attempt/actor.ts";
import type { AuditDetails, AuditEntry, AuditKind, AuditWho } from "#protocol/audit.ts";
import type { OutboxFact, OutboxRow } from "#protocol/outbox.ts";

const kinds: Readonly<Record<OutboxFact["type"], AuditKind>> = {
  consentGiven: "consent-given",
  admissionRequested: "admission-requested",
  admitted: "admitted",
  denied: "admission-denied",
  paperOpened: "paper-opened",
  warned: "warned",
  messageSent: "message-sent",
  timeGiven: "time-given",
  paused: "paused",
  resumed: "resumed",
  browserReleased: "browser-released",
  browserBound: "browser-bound",
  takeOverRefused: "take-over-refused",
  identityAskedAgain: "identity-asked-again",
  accommodated: "accommodated",
  violationNoted: "violation-noted",
  handedIn: "handed-in",
  terminated: "terminated",
  scored: "scored",
  heldForReview: "held-for-review",
  reviewDecided: "review-decided",
};

/** What happened in an attempt as an entry of the audit. `event`: its number in the attempt's own log, which has all of it. */
export function entryOfFact({ attemptId, seq, at, by, fact }: OutboxRow): AuditEntry {
  return {
    at,
    kind: kinds[fact.type],
    who: whoOf(by),
    on: { kind: "attempt", id: attemptId },
    from: null,
    requestId: null,
    details: { event: seq, ...detailsOf(fact) },
  };
}

/** Who did it. A row that was kept before it said by whom is the session's word. */
export function whoOf(by: Actor | undefined): AuditWho {
  switch (by?.kind) {
    case "proctor":
      return { kind: "member", id: by.memberId };
    case "candidate":
      return { kind: "candidate" };
    case "system":
    case undefined:
      return { kind: "system" };
  }
}

/** Codes and numbers only: what people wrote stays in the attempt. */
function detailsOf(fact: OutboxFact): AuditDetails {
  switch (fact.type) {
    case "violationNoted":
      return { violation: fact.violation.kind, severity: fact.violation.severity };
    case "scored":
      return { points: fact.score.points, outOf: fact.score.outOf };
    case "handedIn":
      return { cause: fact.cause };
    case "terminated":
      return fact.cause === undefined ? {} : { cause: fact.cause };
    case "heldForReview":
      return { reviewers: fact.reviewers };
    case "reviewDecided":
      return { verdict: fact.verdict, settles: fact.settles };
    case "timeGiven":
      return { entry: fact.entry.kind, ms: fact.entry.ms };
    case "identityAskedAgain":
      return { capture: fact.capture };
    default:
      return {};
  }
}
