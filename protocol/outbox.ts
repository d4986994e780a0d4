import type { AttemptFact } from "#domain/attempt/event.ts";
import type { AttemptId, ExamSessionId, TenantId } from "#domain/exam/ids.ts";
import type { EpochMs } from "#domain/integrity/signal.ts";

/** Facts that D1, the read model, is told of. */
export const outboxFactTypes = [
  "consentGiven",
  "admissionRequested",
  "admitted",
  "denied",
  "paperOpened",
  "violationNoted",
  "paused",
  "resumed",
  "handedIn",
  "terminated",
  "scored",
  "heldForReview",
  "reviewDecided",
] as const satisfies readonly AttemptFact["type"][];

export type OutboxFact = Extract<AttemptFact, { type: (typeof outboxFactTypes)[number] }>;

/** `seq` is the attempt's; it grows with each row of the attempt, so a row that comes twice is known by it. */
export type OutboxRow = {
  readonly attemptId: AttemptId;
  readonly seq: number;
  readonly at: EpochMs;
  readonly fact: OutboxFact;
};

/** One delivery: rows of one exam session, in order. It may come again; taking it twice changes nothing. */
export type OutboxDelivery = {
  readonly tenantId: TenantId;
  readonly examSessionId: ExamSessionId;
  readonly rows: readonly OutboxRow[];
};
