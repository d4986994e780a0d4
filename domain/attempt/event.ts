import type { Accommodations } from "../exam/accommodation.ts";
import type { ItemId, RegistrationId, SectionId } from "../exam/ids.ts";
import type { Response } from "../exam/response.ts";
import type { Violation } from "../integrity/judge.ts";
import type { IdentityCapture } from "../integrity/policy.ts";
import type { SensorName, SensorReason, SensorState } from "../integrity/sensor.ts";
import type { EpochMs, LastingSignalKind, SignalDetail } from "../integrity/signal.ts";
import type { Score } from "../scoring/score-attempt.ts";
import type { Actor } from "./actor.ts";
import type { DeviceCheck, LiveTrack, Segment, TerminationCause } from "./command.ts";
import type { TimeEntry } from "./deadline.ts";
import type { QualityHint } from "./identity-picture.ts";
import type { ReviewVerdict } from "./review.ts";
import type { Still } from "./still.ts";

/** `policy`: the exam's integrity policy said so, and what was handed in is held until a person has decided. */
export type HandInCause = "candidate" | "deadline" | "policy";

/** What happened. Events are stored for ever: a field may be added, never renamed or given another meaning. */
export type AttemptFact =
  | { readonly type: "registered"; readonly registrationId: RegistrationId; readonly name: string }
  | { readonly type: "consentGiven"; readonly textSha256: string; readonly browser: string }
  | { readonly type: "browserReleased" }
  /** `how`: left out where it checked in with a new link. */
  | { readonly type: "browserBound"; readonly browser: string; readonly how?: "taken-over" | "granted" }
  | { readonly type: "takeOverAsked"; readonly browser: string }
  | { readonly type: "takeOverRefused"; readonly reason: string }
  /** `page` writes from now on. */
  | { readonly type: "writerChanged"; readonly page: string; readonly how: "first" | "came-back" | "taken-over" }
  /** In place of what was arranged before. */
  | { readonly type: "accommodated"; readonly accommodations: Accommodations }
  | { readonly type: "deviceChecked"; readonly check: DeviceCheck }
  /** `hints`: what the page found wanting in it. */
  | {
      readonly type: "identityCaptured";
      readonly capture: IdentityCapture;
      readonly sha256: string;
      readonly bytes: number;
      readonly hints: readonly QualityHint[];
    }
  | {
      readonly type: "identityLeftToProctor";
      readonly captures: readonly IdentityCapture[];
      readonly reason: string;
    }
  | { readonly type: "identityAskedAgain"; readonly capture: IdentityCapture; readonly reason: string }
  | { readonly type: "admissionRequested" }
  | { readonly type: "admitted" }
  | { readonly type: "denied"; readonly reason: string }
  | { readonly type: "paperOpened" }
  | { readonly type: "timeGiven"; readonly entry: TimeEntry }
  | {
      readonly type: "answerSaved";
      readonly itemId: ItemId;
      readonly response: Response | null;
      readonly late: boolean;
    }
  /** It came when it could count no more: evidence beside the score. `madeAt` is the page's word, on the server's clock. */
  | {
      readonly type: "answerKept";
      readonly itemId: ItemId;
      readonly response: Response | null;
      readonly madeAt: EpochMs;
    }
  | { readonly type: "itemFlagged"; readonly itemId: ItemId; readonly flagged: boolean }
  | { readonly type: "itemVisited"; readonly itemId: ItemId }
  | { readonly type: "sectionEntered"; readonly sectionId: SectionId }
  | { readonly type: "sectionEnded"; readonly sectionId: SectionId }
  | {
      readonly type: "signalBegan";
      readonly kind: LastingSignalKind;
      readonly since: EpochMs;
      readonly detail: SignalDetail;
    }
  /** `subject`: of the signal that ended, where one of its kind with another subject may go on. */
  | {
      readonly type: "signalEnded";
      readonly kind: LastingSignalKind;
      readonly until: EpochMs;
      readonly subject?: string;
    }
  | {
      readonly type: "sensorReported";
      readonly sensor: SensorName;
      readonly state: SensorState;
      readonly reason: SensorReason | null;
    }
  | { readonly type: "violationNoted"; readonly violation: Violation }
  | { readonly type: "warned"; readonly text: string }
  | { readonly type: "warningAcknowledged"; readonly warning: number }
  | { readonly type: "messageSent"; readonly text: string }
  /** `violation`: the number of its event, where the policy paused. */
  | { readonly type: "paused"; readonly reason: string; readonly violation?: number }
  | { readonly type: "resumed" }
  | { readonly type: "breakStarted"; readonly endsAt: EpochMs }
  | { readonly type: "breakEnded" }
  /** What is live from now on, in place of what was before; no tracks: nothing is. */
  | {
      readonly type: "mediaPublished";
      readonly sfuSession: string;
      readonly tracks: readonly LiveTrack[];
    }
  | { readonly type: "segmentStored"; readonly segment: Segment }
  | { readonly type: "stillStored"; readonly still: Still }
  | { readonly type: "handedIn"; readonly cause: HandInCause }
  /** `cause`: left out where nobody was asked of which kind the reason is. */
  | { readonly type: "terminated"; readonly cause?: TerminationCause; readonly reason: string }
  | { readonly type: "scored"; readonly score: Score }
  /** The result waits for people. `why`: as the candidate reads it. `violation`: the number of its event, null where a person held it. */
  | {
      readonly type: "heldForReview";
      readonly why: string;
      readonly violation: number | null;
      readonly reviewers: 1 | 2;
    }
  /** What one person decided of what is held. `settles`: with it, as many say the same as the hold asks for. */
  | {
      readonly type: "reviewDecided";
      readonly verdict: ReviewVerdict;
      readonly reason: string;
      readonly settles: boolean;
    };

/** A fact with its place in the attempt's log (`seq` from 1, without gaps), its time and its author. */
export type AttemptEvent = {
  readonly seq: number;
  readonly at: EpochMs;
  readonly by: Actor;
  readonly fact: AttemptFact;
};
