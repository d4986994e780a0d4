import type { AuditEntry, AuditKind } from "#protocol/audit.ts";
import { type WebhookEvent, webhookEvents, type WebhookPayload } from "#protocol/http/webhook.ts";

const entries: Readonly<Record<WebhookEvent, AuditKind>> = {
  "exam.published": "exam-published",
  "sitting.scheduled": "sitting-scheduled",
  "candidates.added": "candidates-added",
  "proctors.assigned": "proctors-assigned",
  "attempt.opened": "paper-opened",
  "attempt.handed-in": "handed-in",
  "attempt.terminated": "terminated",
  "attempt.scored": "scored",
  "attempt.held-for-review": "held-for-review",
  "attempt.decided": "review-decided",
  "violation.noted": "violation-noted",
};

/** The entry of the audit that is this event. */
export function entryKindOf(event: WebhookEvent): AuditKind {
  return entries[event];
}

/** The event that an entry is. One that is none of those that can be listened for was made to test a receiver. */
export function eventOf(kind: AuditKind): WebhookEvent | "test" {
  return webhookEvents.find((event) => entries[event] === kind) ?? "test";
}

/** Of an entry's details these are told: each was looked at whether it says more about a person than its event has to. */
const told: Readonly<Partial<Record<AuditKind, readonly string[]>>> = {
  "exam-published": ["version"],
  "candidates-added": ["candidates", "rooms"],
  "handed-in": ["cause"],
  terminated: ["cause"],
  scored: ["points", "outOf"],
  "held-for-review": ["reviewers"],
  "review-decided": ["verdict", "settles"],
  "violation-noted": ["violation", "severity"],
};

const idNames = {
  exam: "examId",
  sitting: "sittingId",
  registration: "registrationId",
  "exam-session": "examSessionId",
  attempt: "attemptId",
  webhook: "webhookId",
} as const;

/** Where an attempt is: ids that a receiver needs to find it by. */
export type Whereabouts = Readonly<Record<"registrationId" | "sittingId" | "examSessionId", string>>;

/** [W3] What a receiver is told of an entry. */
export function payloadOf({ at, kind, on, details }: AuditEntry, where: Whereabouts | null): WebhookPayload {
  const subject = on === null || !(on.kind in idNames) ? {} : { [idNames[on.kind as keyof typeof idNames]]: on.id };
  const facts = (told[kind] ?? []).flatMap((name) => {
    const value = details[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    type: eventOf(kind),
    timestamp: new Date(at).toISOString(),
    data: { ...subject, ...where, ...Object.fromEntries(facts) },
  };
}
