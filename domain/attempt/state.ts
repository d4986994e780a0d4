import type { Allowance, RuleException } from "../exam/accommodation.ts";
import type { ItemId, RegistrationId, SectionId } from "../exam/ids.ts";
import type { Response } from "../exam/response.ts";
import type { Condition, LastNoted, Violation } from "../integrity/judge.ts";
import type { IdentityCapture } from "../integrity/policy.ts";
import type { SensorName, SensorReport } from "../integrity/sensor.ts";
import type { EpochMs } from "../integrity/signal.ts";
import type { Score } from "../scoring/score-attempt.ts";
import type { Actor } from "./actor.ts";
import type { LiveTrack, RecordedTrack, TerminationCause } from "./command.ts";
import type { TimeEntry } from "./deadline.ts";
import type { HandInCause } from "./event.ts";
import type { CaptureFile } from "./identity.ts";
import type { Hold } from "./review.ts";
import type { Still } from "./still.ts";
import type { Writing } from "./writing.ts";

/**
 * A word between candidate and proctor. `seq` is that of its event; a warning asks to be acknowledged. A notice comes from
 * the session: what was noted, and how to mend it.
 */
export type Message = {
  readonly seq: number;
  readonly at: EpochMs;
  readonly from: Actor;
  readonly kind: "message" | "warning" | "notice";
  readonly text: string;
  readonly acknowledged: boolean;
};

/** `stills`: the pictures of its moment that are stored. */
export type NotedViolation = Violation & { readonly seq: number; readonly stills: readonly Still[] };

/** What the candidate publishes live, and under which session of the SFU. */
export type LiveMedia = { readonly sfuSession: string; readonly tracks: readonly LiveTrack[] };

/** How much of a track is stored. The segments themselves are in the log and in the session's index of them. */
export type TrackTally = {
  readonly segments: number;
  readonly bytes: number;
  readonly until: EpochMs | null;
};

/** Who granted it, and when. */
export type Granted<What> = What & { readonly by: Actor; readonly at: EpochMs };

/** A lost connection as the session saw it. */
export type Outage = { readonly since: EpochMs; readonly until: EpochMs };

/** What can gather about an attempt whatever its status. */
export type CaseFile = {
  readonly registrationId: RegistrationId;
  readonly name: string;
  readonly messages: readonly Message[];
  readonly conditions: readonly Condition[];
  readonly violations: readonly NotedViolation[];
  readonly lastNoted: LastNoted;
  /** When a member of staff last did anything about the attempt. */
  readonly attendedAt: EpochMs | null;
  /** What the page last said of its sensors. */
  readonly sensors: Readonly<Partial<Record<SensorName, SensorReport>>>;
  readonly media: LiveMedia | null;
  /** What was taken of the candidate and of the room before the exam, and what is left to the proctor. */
  readonly identity: Readonly<Partial<Record<IdentityCapture, CaptureFile>>>;
  readonly recorded: Readonly<Record<RecordedTrack, TrackTally>>;
  readonly allowances: readonly Granted<Allowance>[];
  readonly exceptions: readonly Granted<RuleException>[];
  /** The latest few. */
  readonly outages: readonly Outage[];
  readonly writing: Writing;
};

/** `browser` names the browser that the attempt belongs to; null after staff freed it and before it is bound anew. */
export type Consent = {
  readonly at: EpochMs;
  readonly textSha256: string;
  readonly browser: string | null;
};

export type SavedAnswer = {
  readonly response: Response | null;
  readonly at: EpochMs;
  readonly late: boolean;
};

/** An answer that came after the end and its grace: it is kept as evidence, and is in no score. */
export type KeptAnswer = {
  readonly itemId: ItemId;
  readonly response: Response | null;
  readonly madeAt: EpochMs;
};

/** A section with a time limit, once entered. `entries`: how many lines the ledger had then. */
export type SectionWork = { readonly at: EpochMs; readonly entries: number; readonly isOver: boolean };

/** What exists once the paper is open. `judgedFrom`: signals count from here on, not from before. */
export type Work = {
  readonly openedAt: EpochMs;
  readonly ledger: readonly TimeEntry[];
  readonly judgedFrom: EpochMs;
  readonly answers: Readonly<Record<ItemId, SavedAnswer>>;
  readonly kept: readonly KeptAnswer[];
  readonly flagged: readonly ItemId[];
  readonly position: ItemId | null;
  readonly sections: Readonly<Record<SectionId, SectionWork>>;
};

type Numbered = { readonly seq: number };
type Filed = Numbered & { readonly file: CaseFile };
type Consented = Filed & { readonly consent: Consent };
type Opened = Consented & { readonly work: Work };

/** One attempt, from nothing to its end: a union by status, each status with only what it has. */
export type Attempt =
  | (Numbered & { readonly status: "unregistered" })
  | (Filed & { readonly status: "registered" })
  | (Consented & { readonly status: "consented" })
  | (Consented & { readonly status: "checked" })
  | (Consented & { readonly status: "waiting"; readonly since: EpochMs })
  | (Consented & { readonly status: "denied"; readonly reason: string })
  | (Consented & { readonly status: "admitted" })
  | (Opened & { readonly status: "open" })
  /** `breakUntil`: when the candidate's own break ends by itself; null where a proctor paused. */
  | (Opened & {
      readonly status: "paused";
      readonly pausedAt: EpochMs;
      readonly reason: string;
      readonly breakUntil: EpochMs | null;
    })
  | (Opened & {
      readonly status: "handed-in";
      readonly at: EpochMs;
      readonly cause: HandInCause;
      readonly score: Score | null;
      readonly hold: Hold | null;
    })
  | (Opened & {
      readonly status: "terminated";
      readonly at: EpochMs;
      /** Null where nobody was asked. */
      readonly cause: TerminationCause | null;
      readonly reason: string;
      readonly score: Score | null;
      readonly hold: Hold | null;
    });

export type AttemptStatus = Attempt["status"];
export type Registered = Exclude<Attempt, { readonly status: "unregistered" }>;
export type InStatus<Status extends AttemptStatus> = Extract<Attempt, { readonly status: Status }>;

export const initialAttempt: Attempt = { status: "unregistered", seq: 0 };
