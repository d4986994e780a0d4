import type { Refusal } from "#domain/attempt/decision.ts";
import type { AttemptEvent, AttemptFact } from "#domain/attempt/event.ts";
import type { CandidateView, ProctorView } from "#domain/attempt/view.ts";
import type { AttemptId, ExamSessionId } from "#domain/exam/ids.ts";
import type { ConsentText } from "#domain/exam/consent-text.ts";
import type { EpochMs } from "#domain/integrity/signal.ts";

/*
 * What a session says. These are types and not schemas: the receiver trusts the server it is connected to, and what the
 * server may say to whom is the views of domain/attempt, which the compiler checks where the message is made.
 */

/** `seq` is the attempt's last event after the command. */
export type Outcome =
  | { readonly accepted: true; readonly seq: number }
  | { readonly accepted: false; readonly refusal: Refusal };

export type Ack = { readonly id: string; readonly outcome: Outcome };

export type ClockAnswer = {
  readonly type: "clock";
  readonly sentAt: number;
  readonly serverNow: EpochMs;
};

/**
 * More came than the session takes from one attempt or member. The command and everything that was sent after it by the
 * same socket was not done, and will not be until it comes again, under its id, after this time.
 */
export type SlowDown = { readonly type: "slowDown"; readonly id: string; readonly retryAfterMs: number };

export type CandidateDown =
  | {
      readonly type: "welcome";
      readonly protocol: number;
      readonly serverNow: EpochMs;
      readonly attemptId: AttemptId;
      readonly examTitle: string;
      readonly instructions: string;
      readonly durationMs: number;
      /** What there is to consent to; null for who has consented. */
      readonly consent: ConsentText | null;
      readonly view: CandidateView;
    }
  /** `checkpoint`: a signed note (C2SP tlog-checkpoint) over the attempt's log up to here, once an answer is in it. */
  | { readonly type: "acks"; readonly acks: readonly Ack[]; readonly checkpoint: string | null }
  /** Parts of the view to be merged over the old one. Answers are not echoed to the page that gave them. */
  | { readonly type: "changed"; readonly parts: Partial<CandidateView> }
  | SlowDown
  | ClockAnswer;

export type Tile = {
  readonly attemptId: AttemptId;
  /** Whether the candidate's page is connected now. */
  readonly online: boolean;
  readonly view: ProctorView;
};

/** Facts that a proctor reads as they happen. Answers and navigation are not among them. */
export const feedFactTypes = [
  "consentGiven",
  "browserReleased",
  "browserBound",
  "takeOverAsked",
  "takeOverRefused",
  "writerChanged",
  "identityCaptured",
  "identityLeftToProctor",
  "identityAskedAgain",
  "admissionRequested",
  "admitted",
  "denied",
  "paperOpened",
  "timeGiven",
  "signalEnded",
  "violationNoted",
  "warned",
  "warningAcknowledged",
  "messageSent",
  "paused",
  "resumed",
  "breakStarted",
  "breakEnded",
  "handedIn",
  "terminated",
] as const satisfies readonly AttemptFact["type"][];

export type FeedFact = Extract<AttemptFact, { type: (typeof feedFactTypes)[number] }>;

/** `position` counts the events of the whole session, so that a console that comes back asks for what it missed. */
export type FeedEntry = Pick<AttemptEvent, "seq" | "at" | "by"> & {
  readonly position: number;
  readonly attemptId: AttemptId;
  readonly name: string;
  readonly fact: FeedFact;
};

export type ProctorDown =
  | {
      readonly type: "welcome";
      readonly protocol: number;
      readonly serverNow: EpochMs;
      readonly examSessionId: ExamSessionId;
      readonly title: string;
      readonly tiles: readonly Tile[];
      readonly feed: readonly FeedEntry[];
    }
  | { readonly type: "acks"; readonly acks: readonly Ack[] }
  /** Whole tiles, each replacing the one with its id. */
  | { readonly type: "tiles"; readonly tiles: readonly Tile[] }
  | { readonly type: "feed"; readonly entries: readonly FeedEntry[] }
  /** Candidates who have no tile: what is stored of them cannot be read, and nothing is done to it. */
  | {
      readonly type: "setAside";
      readonly candidates: readonly { readonly attemptId: AttemptId; readonly name: string }[];
    }
  /** To be answered with `heard` as soon as everything before it was read. */
  | { readonly type: "mark"; readonly mark: number }
  | SlowDown
  | ClockAnswer;
