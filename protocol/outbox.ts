import type { Actor } from "#domain/attempt/actor.ts";
import type { AttemptFact } from "#domain/attempt/event.ts";
import type { AttemptId, ExamSessionId, TenantId } from "#domain/exam/ids.ts";
import type { EpochMs } from "#domain/integrity/signal.ts";

/** Facts that D1, the read model and the audit, is told of. */
const outboxFactTypes = [
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

/** Facts that it is told of too where a proctor or another member of staff did it: their interventions. */
const staffFactTypes = [
  "warned",
  "messageSent",
  "timeGiven",
  "accommodated",
  "browserReleased",
  "browserBound",
  "takeOverRefused",
  "identityAskedAgain",
] as const satisfies readonly AttemptFact["type"][];

export type OutboxFact = Extract<
  AttemptFact,
  { type: (typeof outboxFactTypes)[number] | (typeof staffFactTypes)[number] }
>;

const told: ReadonlySet<AttemptFact["type"]> = new Set(outboxFactTypes);
const toldOfStaff: ReadonlySet<AttemptFact["type"]> = new Set(staffFactTypes);

export function isTold(fact: AttemptFact, by: Actor): fact is OutboxFact {
  return told.has(fact.type) || (by.kind === "proctor" && toldOfStaff.has(fact.type));
}

/** `seq` is the attempt's; it grows with each row of the attempt, so a row that comes twice is known by it. */
export type OutboxRow = {
  readonly attemptId: AttemptId;
  readonly seq: number;
  readonly at: EpochMs;
  /** Left out of rows that were written before it was told. */
  readonly by?: Actor;
  readonly fact: OutboxFact;
};

/** One delivery: rows of one exam session, in order. It may come again; taking it twice changes nothing. */
export type OutboxDelivery = {
  readonly tenantId: TenantId;
  readonly examSessionId: ExamSessionId;
  readonly rows: readonly OutboxRow[];
};
