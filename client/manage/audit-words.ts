import type { AuditEntry, AuditKind } from "#protocol/audit.ts";
import { creditChange } from "./ledger-words.ts";

/** What an entry says that somebody did, in plain words. */
export const auditKindWords: Readonly<Record<AuditKind, string>> = {
  "signed-in": "Signed in",
  "sign-in-refused": "A sign-in with a wrong password was refused",
  "signed-out": "Signed out",
  "sign-in-ended": "Ended a sign-in",
  "refresh-token-reused": "A sign-in was ended: somebody else had it too",
  "password-changed": "Changed their password",
  "account-opened": "Opened an account again after failed sign-ins",
  "access-revoked": "Ended all sign-ins, keys and passkeys of an account",
  "second-factor-refused": "A sign-in with the right password and a wrong code was refused",
  "second-factor-begun": "Began to set up an authenticator app",
  "second-factor-set": "Set up an authenticator app",
  "second-factor-removed": "Took an authenticator app or passkeys away",
  "second-factor-rule-changed": "Set whether members need a second factor",
  "recovery-codes-replaced": "Got new recovery codes",
  "recovery-code-used": "Used a recovery code",
  "member-invited": "Invited a member",
  "member-invited-again": "Gave a member a new way in",
  "invitation-accepted": "Chose a password",
  "member-changed": "Changed a member's name or roles",
  "member-left": "Removed a member",
  "role-created": "Made a role",
  "role-changed": "Changed a role",
  "role-deleted": "Deleted a role",
  "institution-opened": "Opened the institution",
  "institution-changed": "Changed the institution's settings",
  "key-created": "Made a key for the API",
  "key-revoked": "Revoked a key for the API",
  "passkey-refused": "A sign-in with a passkey was refused",
  "passkey-begun": "Began to add a passkey",
  "passkey-added": "Added a passkey",
  "passkey-removed": "Removed a passkey",
  "single-sign-on-changed": "Set the institution's own sign-in",
  "single-sign-on-removed": "Removed the institution's own sign-in",
  "single-sign-on-linked": "Signed in with the institution's account for the first time",
  "exam-created": "Began an exam",
  "exam-changed": "Changed the draft of an exam",
  "exam-published": "Published a version of an exam",
  "sitting-scheduled": "Scheduled a sitting",
  "candidates-added": "Added candidates",
  "link-replaced": "Gave a candidate a new link",
  "link-revoked": "Made a candidate's link void",
  "proctors-assigned": "Said who proctors a sitting",
  "accommodations-asked": "Arranged allowances or exceptions",
  "hold-asked": "Held a result for review",
  "decision-asked": "Decided about a held result",
  "console-opened": "Opened the live session of a room",
  "watching-began": "Began to watch candidates",
  "attempt-read": "Read an attempt",
  "record-downloaded": "Downloaded the record of an attempt",
  "recording-opened": "Opened the recording of an attempt",
  "pictures-opened": "Opened the pictures of an attempt",
  "audit-exported": "Exported the audit",
  "list-downloaded": "Downloaded a list",
  "attempt-refunded": "Refunded an attempt",
  "webhook-added": "Added a webhook",
  "webhook-changed": "Changed a webhook",
  "webhook-removed": "Removed a webhook",
  "webhook-secret-replaced": "Replaced the secret of a webhook",
  "webhook-tested": "Sent a test to a webhook",
  "webhook-resent": "Had events sent to a webhook again",
  "webhook-paused": "A webhook was paused: it could not be reached",
  "retention-changed": "Changed how long things are kept",
  "retention-run": "Carried out the deletion of what is due",
  "retention-deleted": "What was due, or asked to be erased, was deleted",
  "legal-hold-placed": "Placed a legal hold",
  "legal-hold-released": "Released a legal hold",
  "person-data-exported": "Exported what is held on a person",
  "person-erased": "Erased a person's data",
  "other-act": "Did something else",
  denied: "Was refused access",
  "consent-given": "Gave consent",
  "admission-requested": "Asked to be admitted",
  admitted: "Was admitted",
  "admission-denied": "Was not admitted",
  "paper-opened": "Opened the paper",
  warned: "Was warned",
  "message-sent": "Was sent a message",
  "time-given": "Had time added or taken back",
  paused: "Was paused",
  resumed: "Went on after a pause",
  "browser-released": "Was freed from a browser",
  "browser-bound": "Was allowed to go on in another browser",
  "take-over-refused": "Was not allowed to go on in another browser",
  "identity-asked-again": "Was asked for an identity picture again",
  accommodated: "Had allowances or exceptions arranged",
  "violation-noted": "Something was noticed",
  "handed-in": "Handed in",
  terminated: "Was ended by staff",
  scored: "Was scored",
  "held-for-review": "Was held for review",
  "review-decided": "A person decided about the held result",
  "credits-given": "The institution was given credits",
  "credit-limited": "Set how far below zero the balance may go",
  "attempt-debited": "The credit of an attempt was used",
  "ledger-corrected": "An entry of the ledger was taken back",
  "ai-usage-debited": "Credits were used by a model",
};

/** Who did it, by name where the name is still known. */
export function whoWords({ who }: AuditEntry, name: string | null): string {
  switch (who.kind) {
    case "member":
      return name ?? `A former member (${who.id})`;
    case "key":
      return `A key of ${name ?? `a former member (${who.memberId})`}`;
    case "candidate":
      return "The candidate";
    case "system":
      return "The system";
    case "operator":
      return "The operator";
  }
}

const subjectWords = {
  exam: "Exam",
  sitting: "Sitting",
  registration: "Candidate",
  "exam-session": "Room",
  attempt: "Attempt of",
  member: "Member",
  role: "Role",
  key: "Key",
  webhook: "Webhook",
  candidate: "Candidate",
} as const;

/** What it was done on; empty where it was nothing in particular. */
export function subjectOf({ on }: AuditEntry, name: string | null): string {
  return on === null ? "" : `${subjectWords[on.kind]} ${name ?? on.id}`;
}

const detailWords: Readonly<Record<string, string>> = {
  version: "version",
  candidates: "candidates",
  points: "points",
  outOf: "out of",
  violation: "kind",
  severity: "severity",
  verdict: "verdict",
  cause: "cause",
  event: "event of the attempt",
  status: "answer",
  by: "by",
  method: "method",
  route: "route",
  reason: "reason",
  scopes: "scopes",
  class: "what",
  rule: "because of",
  objects: "objects",
  entries: "entries",
  isDemanded: "demanded",
  providerAnswers: "their own sign-in sees to it",
  language: "language",
  andRevoke: "keys and passkeys too",
  failure: "what failed",
  days: "kept days",
  list: "list",
  receiver: "to",
};

/** The numbers and codes beside it, as `version 2, candidates 5`. Lists of ids are left to the export. */
export function detailsOf({ details }: AuditEntry): string {
  return Object.entries(details)
    .flatMap(([key, value]) => (value === null || value === "" ? [] : [detailOf(key, value)]))
    .filter((words) => words !== null)
    .join(", ");
}

function detailOf(key: string, value: string | number | boolean): string | null {
  if (key === "change" && typeof value === "number") return `${creditChange(value)} credits`;
  // Where it says who proctors which, it is a list.
  if (key === "rooms") return typeof value === "number" && value > 0 ? `new rooms ${value}` : null;
  const words = detailWords[key];
  if (words === undefined) return null;
  return `${words} ${typeof value === "boolean" ? (value ? "yes" : "no") : value.toString().slice(0, 80)}`;
}
