import * as v from "valibot";
import type { KeyId, MemberId } from "#domain/exam/ids.ts";
import { epochMs, idField } from "./http/field.ts";

/** What can be entered in an institution's audit. Entries are kept for ever: a kind may be added, never renamed. */
export const auditKinds = [
  // Acts of staff over HTTP.
  "signed-in",
  "sign-in-refused",
  "signed-out",
  "sign-in-ended",
  /** Somebody else had the token too: the sign-in has ended. */
  "refresh-token-reused",
  "password-changed",
  "account-opened",
  /** Sign-ins, keys and passkeys of an account ended together. */
  "access-revoked",
  /** The password was right, the code was not. */
  "second-factor-refused",
  "second-factor-begun",
  "second-factor-set",
  "second-factor-removed",
  "second-factor-rule-changed",
  "recovery-codes-replaced",
  "recovery-code-used",
  "member-invited",
  "member-invited-again",
  "invitation-accepted",
  "member-changed",
  "member-left",
  "role-created",
  "role-changed",
  "role-deleted",
  "institution-opened",
  "institution-changed",
  "key-created",
  "key-revoked",
  /** It answered an old challenge, counted too little, or was none. */
  "passkey-refused",
  "passkey-begun",
  "passkey-added",
  "passkey-removed",
  "single-sign-on-changed",
  "single-sign-on-removed",
  "single-sign-on-linked",
  "exam-created",
  "exam-changed",
  "exam-published",
  "sitting-scheduled",
  "candidates-added",
  "link-replaced",
  "link-revoked",
  "proctors-assigned",
  "accommodations-asked",
  "hold-asked",
  "decision-asked",
  "console-opened",
  "watching-began",
  "attempt-read",
  "record-downloaded",
  "recording-opened",
  "pictures-opened",
  "audit-exported",
  /** A list as a file, whole: `list` says which. */
  "list-downloaded",
  "attempt-refunded",
  "webhook-added",
  "webhook-changed",
  "webhook-removed",
  "webhook-secret-replaced",
  "webhook-tested",
  "webhook-resent",
  /** By the system: it was not reached for days, or said that it is gone. */
  "webhook-paused",
  "retention-changed",
  "retention-run",
  "legal-hold-placed",
  "legal-hold-released",
  "person-data-exported",
  /** It was asked for: what was deleted then is in entries of its own. */
  "person-erased",
  /** Of a route that nobody has given a kind: a test says that there is none. */
  "other-act",
  "denied",
  // What retention did, by the system.
  "retention-deleted",
  // What happened in an attempt, as its exam session tells.
  "consent-given",
  "admission-requested",
  "admitted",
  "admission-denied",
  "paper-opened",
  "warned",
  "message-sent",
  "time-given",
  "paused",
  "resumed",
  "browser-released",
  "browser-bound",
  "take-over-refused",
  "identity-asked-again",
  "accommodated",
  "violation-noted",
  "handed-in",
  "terminated",
  "scored",
  "held-for-review",
  "review-decided",
  // What was entered in the ledger beside what staff did.
  "credits-given",
  "credit-limited",
  "attempt-debited",
  "ledger-corrected",
  "ai-usage-debited",
] as const;
export type AuditKind = (typeof auditKinds)[number];

/** What an entry is about. */
export const auditSubjectKinds = [
  "exam",
  "sitting",
  "registration",
  "exam-session",
  "attempt",
  "member",
  "role",
  "key",
  "webhook",
  "candidate",
] as const;
export type AuditSubject = { readonly kind: (typeof auditSubjectKinds)[number]; readonly id: string };

/** Numbers, codes and ids; no names, answers or free text: what people wrote is where it belongs, and can be erased there. */
export type AuditDetails = Readonly<Record<string, string | number | boolean | null>>;

const whoSchema = v.variant("kind", [
  v.object({ kind: v.literal("member"), id: idField<MemberId>() }),
  /** A program with the key of a member. */
  v.object({ kind: v.literal("key"), id: idField<KeyId>(), memberId: idField<MemberId>() }),
  v.object({ kind: v.literal("candidate") }),
  v.object({ kind: v.literal("system") }),
  /** Who runs the installation. */
  v.object({ kind: v.literal("operator") }),
]);
export type AuditWho = v.InferOutput<typeof whoSchema>;

/**
 * One entry: who did what, on what, when, from where, in which request. It is stored as its JSON text, in this order of
 * fields, and the text's bytes with its salt are what the transparency log has the hash of.
 */
export const auditEntrySchema = v.object({
  at: epochMs,
  kind: v.picklist(auditKinds),
  who: whoSchema,
  on: v.nullable(v.object({ kind: v.picklist(auditSubjectKinds), id: v.string() })),
  /** The address that the request came from; null where the platform says none, and for what a session tells. */
  from: v.nullable(v.string()),
  requestId: v.nullable(v.string()),
  details: v.record(v.string(), v.union([v.string(), v.number(), v.boolean(), v.null()])),
});
export type AuditEntry = v.InferOutput<typeof auditEntrySchema>;
