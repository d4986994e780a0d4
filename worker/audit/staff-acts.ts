import type { AuditKind, AuditSubject } from "#protocol/audit.ts";

/** What a member who calls a route does: all that changes something, and all that opens a candidate's evidence. */
const acts: Readonly<Record<string, AuditKind>> = {
  "DELETE /v1/members/:memberId/sign-in-failures": "account-opened",
  "POST /v1/members": "member-invited",
  "POST /v1/members/bulk": "member-invited",
  "PUT /v1/members/:memberId": "member-changed",
  "DELETE /v1/members/:memberId": "member-left",
  "POST /v1/members/:memberId/invitation": "member-invited-again",
  "POST /v1/roles": "role-created",
  "PUT /v1/roles/:roleId": "role-changed",
  "DELETE /v1/roles/:roleId": "role-deleted",
  "DELETE /v1/sign-ins/:signInId": "sign-in-ended",
  "DELETE /v1/sign-ins": "sign-in-ended",
  "PUT /v1/sign-in/password": "password-changed",
  "POST /v1/sign-in/authenticator": "second-factor-begun",
  "PUT /v1/sign-in/authenticator": "second-factor-set",
  "POST /v1/sign-in/authenticator/removal": "second-factor-removed",
  "POST /v1/sign-in/authenticator/recovery-codes": "recovery-codes-replaced",
  "PUT /v1/second-factor-rule": "second-factor-rule-changed",
  "PUT /v1/institution": "institution-changed",
  "PUT /v1/single-sign-on": "single-sign-on-changed",
  "DELETE /v1/single-sign-on": "single-sign-on-removed",
  "POST /v1/sign-in/passkeys/options": "passkey-begun",
  "POST /v1/sign-in/passkeys": "passkey-added",
  "POST /v1/sign-in/passkeys/:passkeyId/removal": "passkey-removed",
  "DELETE /v1/members/:memberId/second-factor": "second-factor-removed",
  "POST /v1/sign-in/revocation": "access-revoked",
  "POST /v1/members/:memberId/revocation": "access-revoked",
  "POST /v1/keys": "key-created",
  "DELETE /v1/keys/:keyId": "key-revoked",
  "POST /v1/exams": "exam-created",
  "PUT /v1/exams/:examId": "exam-changed",
  "POST /v1/exams/:examId/items": "exam-changed",
  "POST /v1/exams/:examId/versions": "exam-published",
  "POST /v1/sittings": "sitting-scheduled",
  "POST /v1/sittings/:sittingId/registrations": "candidates-added",
  "POST /v1/sittings/:sittingId/registrations/:registrationId/link": "link-replaced",
  "DELETE /v1/sittings/:sittingId/registrations/:registrationId/link": "link-revoked",
  "PUT /v1/sittings/:sittingId/registrations/:registrationId/accommodations": "accommodations-asked",
  "PUT /v1/sittings/:sittingId/proctors": "proctors-assigned",
  "POST /v1/attempts/:attemptId/hold": "hold-asked",
  "POST /v1/attempts/:attemptId/decisions": "decision-asked",
  "POST /v1/ledger/refunds": "attempt-refunded",
  "POST /v1/exam-sessions/:examSessionId/viewers": "watching-began",
  "GET /v1/exam-sessions/:examSessionId/socket": "console-opened",
  "GET /v1/audit/export": "audit-exported",
  "POST /v1/webhooks": "webhook-added",
  "PUT /v1/webhooks/:webhookId": "webhook-changed",
  "DELETE /v1/webhooks/:webhookId": "webhook-removed",
  "POST /v1/webhooks/:webhookId/secret": "webhook-secret-replaced",
  "POST /v1/webhooks/:webhookId/test": "webhook-tested",
  "POST /v1/webhooks/:webhookId/resend": "webhook-resent",
  "POST /v1/webhooks/:webhookId/deliveries/:deliveryId/resend": "webhook-resent",
  "PUT /v1/retention": "retention-changed",
  "POST /v1/retention/runs": "retention-run",
  "POST /v1/holds": "legal-hold-placed",
  "DELETE /v1/holds/:holdId": "legal-hold-released",
  "GET /v1/candidates/:candidateId/data": "person-data-exported",
  "DELETE /v1/candidates/:candidateId": "person-erased",
  "GET /v1/attempts/:attemptId": "attempt-read",
  "GET /v1/attempts/:attemptId/record": "record-downloaded",
  "GET /v1/attempts/:attemptId/recording": "recording-opened",
  "GET /v1/attempts/:attemptId/pictures": "pictures-opened",
  "GET /v1/exam-sessions/:examSessionId/attempts/:attemptId/pictures": "pictures-opened",
};

/** Steps within `watching-began`: a console takes them with each seat that scrolls by, and each alone says nothing. */
const steps: ReadonlySet<string> = new Set([
  "POST /v1/exam-sessions/:examSessionId/viewers/:viewer/tracks",
  "PUT /v1/exam-sessions/:examSessionId/viewers/:viewer/tracks",
  "PUT /v1/exam-sessions/:examSessionId/viewers/:viewer/answer",
  "POST /v1/exam-sessions/:examSessionId/viewers/:viewer/close",
]);

/**
 * What a member does who calls this route, `METHOD /pattern`; null where it is no act of its own. A route that is not
 * listed and changes something is an act all the same. [L4]
 */
export function actOf(route: string): AuditKind | null {
  const known = acts[route];
  if (known !== undefined) return known;
  return route.startsWith("GET ") || route.startsWith("HEAD ") || steps.has(route) ? null : "other-act";
}

/** From the most exact to the widest. */
const subjects = [
  ["attemptId", "attempt"],
  ["registrationId", "registration"],
  ["examSessionId", "exam-session"],
  ["sittingId", "sitting"],
  ["examId", "exam"],
  ["candidateId", "candidate"],
  ["memberId", "member"],
  ["roleId", "role"],
  ["keyId", "key"],
  ["webhookId", "webhook"],
] as const;

/** What a path is about, by its pattern's places; null where it names nothing, or what could not be an id. */
export function subjectOf(pattern: string, path: string): AuditSubject | null {
  const parts = path.split("/");
  const places = new Map(pattern.split("/").map((part, index) => [part, parts[index]]));
  for (const [place, kind] of subjects) {
    const id = places.get(`:${place}`);
    if (id !== undefined && /^[A-Za-z0-9_-]{1,64}$/.test(id)) return { kind, id };
  }
  return null;
}
