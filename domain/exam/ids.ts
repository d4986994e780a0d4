/** A string that only its own kind of thing may be named by. It is a plain string at run time and on the wire. */
export type Brand<Name extends string> = string & { readonly __brand: Name };

export type TenantId = Brand<"tenant">;
export type MemberId = Brand<"member">;
export type RoleId = Brand<"role">;
export type SignInId = Brand<"sign-in">;
export type KeyId = Brand<"key">;
export type PasskeyId = Brand<"passkey">;
export type CandidateId = Brand<"candidate">;
export type ExamId = Brand<"exam">;
export type ExamVersionId = Brand<"exam version">;
export type SectionId = Brand<"section">;
export type ItemId = Brand<"item">;
export type SittingId = Brand<"sitting">;
export type ExamSessionId = Brand<"exam session">;
export type RegistrationId = Brand<"registration">;
export type AttemptId = Brand<"attempt">;
export type WebhookId = Brand<"webhook">;
export type DeliveryId = Brand<"delivery">;
export type HoldId = Brand<"legal hold">;
export type RunId = Brand<"retention run">;
export type MailId = Brand<"mail">;

/**
 * Names a string's kind: `brand<ItemId>(row.item_id)`. It checks nothing, so it belongs only where a string enters
 * from a place that is known to hold that kind: a parsed message, a table's column, a fresh random id.
 */
export function brand<Id extends Brand<string>>(text: string): Id {
  return text as Id;
}
