import type { Attempt } from "#domain/attempt/state.ts";
import type { LiveTrack, RecordedTrack, ReviewCommand, Segment, SystemCommand } from "#domain/attempt/command.ts";
import type { AttemptEvent } from "#domain/attempt/event.ts";
import type { IdentityPicture } from "#domain/attempt/identity-picture.ts";
import type { LiveMedia } from "#domain/attempt/state.ts";
import type { Still } from "#domain/attempt/still.ts";
import type { Accommodations } from "#domain/exam/accommodation.ts";
import type { ExamVersion } from "#domain/exam/exam-version.ts";
import type { Door } from "#domain/attempt/take-over.ts";
import type {
  AttemptId,
  ExamSessionId,
  MemberId,
  RegistrationId,
  SignInId,
  SittingId,
  TenantId,
} from "#domain/exam/ids.ts";
import type { EpochMs } from "#domain/integrity/signal.ts";
import type { ServiceFailure } from "#domain/ledger/refund.ts";
import type { OutboxDelivery } from "../outbox.ts";
import type { Outcome } from "./down.ts";

/** What an exam session is told once, when its sitting is scheduled; told again, only the title and window may differ. */
export type SessionConfig = {
  readonly tenantId: TenantId;
  readonly examSessionId: ExamSessionId;
  readonly sittingId: SittingId;
  readonly title: string;
  readonly opensAt: EpochMs;
  readonly closesAt: EpochMs;
  readonly exam: ExamVersion;
};

export type NewRegistration = {
  readonly attemptId: AttemptId;
  readonly registrationId: RegistrationId;
  readonly name: string;
};

/** What came of arranging something for a candidate, and what is arranged then. */
export type Accommodating = { readonly outcome: Outcome; readonly arranged: Accommodations | null };

/** What is arranged for one candidate of the room. */
export type RegistrationAccommodations = Accommodations & { readonly registrationId: RegistrationId };

/**
 * Whether a browser may come in to an attempt: `another-browser` once a different one has consented, `left` where it was
 * this one's until a different one took it over.
 */
export type Standing = "welcome" | "another-browser" | "left" | "unknown";

export type PictureCommand = Extract<SystemCommand, { type: "storeStill" | "storeIdentity" }>;

/** What was taken of an attempt: at violations, and of the candidate before the exam. */
export type Pictures = { readonly stills: readonly Still[]; readonly identity: readonly IdentityPicture[] };

/** All of one attempt, for the reviewer. `checkpoint` is a signed note over `events`. */
export type SessionRecord = {
  readonly attempt: Attempt;
  readonly events: readonly AttemptEvent[];
  readonly segments: readonly Segment[];
  readonly checkpoint: string;
};

/** When an attempt's events are erased, and why: their period is over, or the person asked. */
export type Erasing = { readonly at: EpochMs; readonly why: "period" | "erasure" };

/** What is left of erased events: the hash of each leaf in base64, in order. */
export type Erased = Erasing & { readonly leaves: readonly string[] };

/** `not-yet`: it goes on, waits for a decision, or has facts that the database was not told of yet. */
export type Erasure = "erased" | "not-yet" | "unknown";

/**
 * An attempt's log as it is stored: the bytes of `texts` are the leaves of the tree that `checkpoint` signs. Of one that was
 * erased there is no text, and the hashes of the leaves are in `erased`.
 */
export type SignedLog = {
  readonly texts: readonly string[];
  readonly erased: Erased | null;
  readonly checkpoint: string;
};

/**
 * What the Worker asks of an exam session, as Durable Object RPC. The Worker has checked who asks; the session checks
 * what its own attempts allow. Sockets come in by `fetch`: `https://session/candidate?attempt&browser&page&reading` and
 * `https://session/proctor?member&name&signIn&after`, where `after` is the feed position that the console has already,
 * `page` one page of the browser, and `reading=1` says that it only read until its line broke.
 */
export type ExamSessionRpc = {
  provision(config: SessionConfig): Promise<void>;
  /** Throws when an attempt is registered for somebody else already; the others are registered all the same. */
  register(registrations: readonly NewRegistration[]): Promise<void>;
  standing(attemptId: AttemptId, browser: string): Promise<Standing>;
  /** The same for a browser that shows the attempt's link: an attempt that staff freed is bound to it. */
  checkIn(attemptId: AttemptId, browser: string): Promise<Door | null>;
  /** What a browser that shows the attempt's link may do; null where the attempt is unknown. */
  door(attemptId: AttemptId, browser: string): Promise<Door | null>;
  /** Notes that a browser's proof was shown, until then. False where it was before. */
  spendProof(attemptId: AttemptId, id: string, goodUntil: EpochMs): Promise<boolean>;
  /** Such a browser wants to go on with an attempt that is another's: it moves, or the proctor is asked. */
  goOnElsewhere(attemptId: AttemptId, browser: string): Promise<Door | null>;
  /** Frees the attempt from its browser, whose sockets are closed: this member replaced the link, or made it void. */
  release(attemptId: AttemptId, member: { readonly memberId: MemberId; readonly name: string }): Promise<void>;
  /** What is arranged for a candidate; null where the room does not know them. */
  arranged(attemptId: AttemptId): Promise<Accommodations | null>;
  /** Arranges allowances and exceptions for a candidate, in place of what was arranged before; only of `seen`, where that is given. */
  accommodate(
    attemptId: AttemptId,
    member: { readonly memberId: MemberId; readonly name: string },
    accommodations: Accommodations,
    seen: Accommodations | null,
  ): Promise<Accommodating | "changed-meanwhile">;
  /** This member holds the result of an attempt for review, or decides of one that is held. */
  review(
    attemptId: AttemptId,
    member: { readonly memberId: MemberId; readonly name: string },
    command: ReviewCommand,
  ): Promise<Outcome>;
  /** Of each candidate for whom something is arranged. */
  accommodations(): Promise<readonly RegistrationAccommodations[]>;
  publishMedia(
    attemptId: AttemptId,
    browser: string,
    sfuSession: string,
    tracks: readonly LiveTrack[],
  ): Promise<Outcome>;
  /** Of each attempt that is known, consented, going on and publishing; others are left out. */
  liveMedia(attemptIds: readonly AttemptId[]): Promise<Readonly<Record<AttemptId, LiveMedia>>>;
  /** The SHA-256 that is stored at each place, in the order asked; null where nothing is. */
  storedHashes(
    attemptId: AttemptId,
    places: readonly { track: RecordedTrack; run: number; index: number }[],
  ): Promise<readonly (string | null)[]>;
  storeSegment(attemptId: AttemptId, browser: string, segment: Segment): Promise<Outcome>;
  /** Enters a picture that is in the store: one of a violation, or one of the candidate. */
  storePicture(attemptId: AttemptId, browser: string, command: PictureCommand): Promise<Outcome>;
  /** The pictures that the log names. */
  pictures(attemptId: AttemptId): Promise<Pictures>;
  segments(attemptId: AttemptId): Promise<readonly Segment[]>;
  record(attemptId: AttemptId): Promise<SessionRecord | null>;
  signedLog(attemptId: AttemptId): Promise<SignedLog | null>;
  /** [B16] Of those that began and never ended: what went wrong, where it was the service. */
  failuresOf(attemptIds: readonly AttemptId[]): Promise<Readonly<Record<AttemptId, ServiceFailure>>>;
  /** Erases the events of an attempt for good. Their leaves' hashes stay, so that checkpoints still verify. */
  eraseLog(attemptId: AttemptId, erasing: Erasing): Promise<Erasure>;
  /** Closes the consoles that were opened by these sign-ins: they have ended. */
  endSignIns(signInIds: readonly SignInId[]): Promise<void>;
  /** Closes the sockets of these proctors: they are no longer assigned. */
  dismiss(memberIds: readonly MemberId[]): Promise<void>;
};

/** What the session asks of the Worker: to take facts into the read model. Throws when it could not. */
export type ReadModelRpc = { take(delivery: OutboxDelivery): Promise<void> };
