import type { Accommodations } from "../exam/accommodation.ts";
import type { ItemId, RegistrationId, SectionId } from "../exam/ids.ts";
import type { Response } from "../exam/response.ts";
import type { IdentityCapture } from "../integrity/policy.ts";
import type { SensorName, SensorReason, SensorState } from "../integrity/sensor.ts";
import type { EpochMs, LastingSignalKind, MomentarySignalKind, SignalDetail } from "../integrity/signal.ts";
import type { IdentityPicture } from "./identity-picture.ts";
import type { ReviewVerdict } from "./review.ts";
import type { Still } from "./still.ts";

export const checkResults = ["passed", "failed"] as const;
export type CheckResult = (typeof checkResults)[number];

/**
 * Why staff end an attempt, by kind: for what the candidate did, because technology failed, or for anything else. Kept for
 * ever: one may be added, never renamed.
 */
export const terminationCauses = ["conduct", "technical", "other"] as const;
export type TerminationCause = (typeof terminationCauses)[number];

export type DeviceCheck = {
  readonly camera: CheckResult;
  readonly microphone: CheckResult;
  readonly screen: CheckResult;
  readonly fullScreen: CheckResult;
};

/** Tracks that are recorded: the camera with the microphone, and the screen. */
export const recordedTracks = ["camera", "screen"] as const;
export type RecordedTrack = (typeof recordedTracks)[number];

/** Tracks that are published live. The thumbnail and the focus track show the same camera in two sizes. */
export const liveTracks = ["thumbnail", "focus", "microphone", "screen"] as const;
export type LiveTrack = (typeof liveTracks)[number];

/**
 * One MediaRecorder chunk as stored. `run` counts the recorder's starts, `index` the chunks of a run, both from 0.
 * `startsAt` and `endsAt` are on the server's clock. `sha256` is lower-case hex over the bytes the candidate sent.
 */
export type Segment = {
  readonly track: RecordedTrack;
  readonly run: number;
  readonly index: number;
  readonly sha256: string;
  readonly bytes: number;
  readonly startsAt: EpochMs;
  readonly endsAt: EpochMs;
};

/** `agoMs`: how long before sending it happened, by the device's monotonic clock, so that a wrong wall clock is harmless. */
export type CandidateCommand =
  | { readonly type: "giveConsent"; readonly textSha256: string }
  | { readonly type: "reportDeviceCheck"; readonly check: DeviceCheck }
  | { readonly type: "requestAdmission" }
  /** The proctor compares in the live picture what has not been taken. */
  | { readonly type: "leaveIdentityToProctor"; readonly reason: string }
  | { readonly type: "openPaper" }
  | {
      readonly type: "saveAnswer";
      readonly itemId: ItemId;
      readonly response: Response | null;
      readonly agoMs: number;
    }
  | { readonly type: "flagItem"; readonly itemId: ItemId; readonly flagged: boolean }
  | { readonly type: "visitItem"; readonly itemId: ItemId }
  | { readonly type: "enterSection"; readonly sectionId: SectionId }
  | { readonly type: "startBreak" }
  | { readonly type: "endBreak" }
  /** For how long the page could not reach the session: from so long ago until so long ago. */
  | { readonly type: "reportOutage"; readonly beganAgoMs: number; readonly endedAgoMs: number }
  | { readonly type: "handIn" }
  | {
      readonly type: "beginSignal";
      readonly kind: LastingSignalKind;
      readonly detail: SignalDetail;
      readonly agoMs: number;
    }
  | { readonly type: "endSignal"; readonly kind: LastingSignalKind; readonly agoMs: number }
  | {
      readonly type: "reportMoment";
      readonly kind: MomentarySignalKind;
      readonly detail: SignalDetail;
      readonly agoMs: number;
    }
  /** How one of the page's sensors is from now on. */
  | {
      readonly type: "reportSensor";
      readonly sensor: SensorName;
      readonly state: SensorState;
      readonly reason: SensorReason | null;
    }
  | { readonly type: "sendMessage"; readonly text: string }
  | { readonly type: "acknowledgeWarning"; readonly warning: number }
  /** The page that says it writes from now on, in place of another page of the same browser. */
  | { readonly type: "takeOver" };

export type ProctorCommand =
  | { readonly type: "admit" }
  | { readonly type: "deny"; readonly reason: string }
  | { readonly type: "askIdentityAgain"; readonly capture: IdentityCapture; readonly reason: string }
  | { readonly type: "warn"; readonly text: string }
  | { readonly type: "sendMessage"; readonly text: string }
  | { readonly type: "pause"; readonly reason: string }
  | { readonly type: "resume" }
  | { readonly type: "addTime"; readonly ms: number; readonly reason: string }
  /** `entry`: the place in the ledger, from 0, of the extra time that is taken back. */
  | { readonly type: "withdrawTime"; readonly entry: number; readonly reason: string }
  /** `request`: the number of the event with which the browser asked. */
  | { readonly type: "allowTakeOver"; readonly request: number }
  | { readonly type: "refuseTakeOver"; readonly request: number; readonly reason: string }
  /** `cause`: left out by consoles that were open before they asked for it. [A38] */
  | { readonly type: "terminate"; readonly cause?: TerminationCause; readonly reason: string };

/** What staff decide outside of the console. [A9] A new link frees the attempt from the browser that it belongs to. */
export type StaffCommand =
  | { readonly type: "releaseBrowser" }
  /** In place of what was arranged before. */
  | { readonly type: "accommodate"; readonly accommodations: Accommodations }
  | ReviewCommand;

/** What people do about a result. `reason`: as the candidate reads it. */
export type ReviewCommand =
  | { readonly type: "holdForReview"; readonly reason: string }
  | { readonly type: "decideReview"; readonly verdict: ReviewVerdict; readonly reason: string };

/** Commands that only the session itself gives. `storedSha256`: what the store already holds at that place, or null. */
export type SystemCommand =
  | { readonly type: "register"; readonly registrationId: RegistrationId; readonly name: string }
  | { readonly type: "bindBrowser"; readonly browser: string }
  /** `isReading`: it only read until its line broke. `isWriterHere`: the page that writes is connected. */
  | {
      readonly type: "attend";
      readonly page: string;
      readonly isReading: boolean;
      readonly isWriterHere: boolean;
    }
  | { readonly type: "goOnElsewhere"; readonly browser: string }
  | { readonly type: "tick" }
  /** `agoMs`: how long ago the page was last heard. */
  | { readonly type: "loseConnection"; readonly agoMs: number }
  | { readonly type: "regainConnection" }
  | {
      readonly type: "publishMedia";
      readonly sfuSession: string;
      readonly tracks: readonly LiveTrack[];
    }
  | {
      readonly type: "storeSegment";
      readonly segment: Segment;
      readonly storedSha256: string | null;
    }
  | { readonly type: "storeStill"; readonly still: Still }
  | { readonly type: "storeIdentity"; readonly picture: Omit<IdentityPicture, "at"> };

export type Command = CandidateCommand | ProctorCommand | StaffCommand | SystemCommand;
