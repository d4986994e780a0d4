import type { ExamVersion } from "../exam/exam-version.ts";
import type { EpochMs } from "../integrity/signal.ts";
import type { Actor } from "./actor.ts";
import type { AttemptFact } from "./event.ts";

/** Why a command was not carried out. A refusal is an answer, not a fault: nothing has changed. */
export const refusals = [
  "already-decided",
  "already-open",
  "another-browser",
  "asked-too-often",
  "bad-amount",
  "bad-picture",
  "bad-segment",
  "check-first",
  "empty-text",
  "exam-closed",
  "exam-not-open",
  "handed-in",
  "identity-first",
  "no-break-left",
  "no-such-entry",
  "no-such-item",
  "no-such-request",
  "no-such-section",
  "no-such-warning",
  "not-consented",
  "not-held",
  "not-permitted",
  "not-registered",
  "not-the-writer",
  "other-consent-text",
  "paused",
  "picture-differs",
  "picture-not-wanted",
  "response-does-not-fit",
  "section-not-entered",
  "section-over",
  "segment-differs",
  "set-aside",
  "too-late",
  "too-many-events",
  "too-many-messages",
  "too-many-pictures",
  "too-much-recording",
  "wrong-status",
] as const;
export type Refusal = (typeof refusals)[number];

/** Accepted with no facts means that it was so already. */
export type Decision =
  | { readonly accepted: true; readonly facts: readonly AttemptFact[] }
  | { readonly accepted: false; readonly refusal: Refusal };

/**
 * What a decision may know beside the attempt: the time, who asks, from which browser and which page of it (null for
 * staff and the session itself), the exam, the window in which its paper may be opened, and the SHA-256 (lower-case hex) of the text
 * that candidates of this session consent to.
 */
export type Context = {
  readonly now: EpochMs;
  readonly actor: Actor;
  readonly browser: string | null;
  readonly page: string | null;
  readonly exam: ExamVersion;
  readonly opensAt: EpochMs;
  readonly closesAt: EpochMs;
  readonly consentSha256: string;
};

export function accept(...facts: readonly AttemptFact[]): Decision {
  return { accepted: true, facts };
}

export function refuse(refusal: Refusal): Decision {
  return { accepted: false, refusal };
}
