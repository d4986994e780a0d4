import type { ExamVersion } from "../exam/exam-version.ts";
import { itemsOf, timingOf } from "../exam/exam-version.ts";
import { allowanceMs, type ExceptionKind } from "../exam/accommodation.ts";
import type { ItemId } from "../exam/ids.ts";
import { type Paper, paperOf } from "../exam/paper.ts";
import type { SeenViolation } from "../integrity/attention.ts";
import { kindsOf, policyOf, sensorsOf } from "../integrity/policy.ts";
import { type SensorName, sensorNames, type SensorReport } from "../integrity/sensor.ts";
import type { EpochMs, SignalKind } from "../integrity/signal.ts";
import type { LiveTrack, TerminationCause } from "./command.ts";
import { type CaptureToCompare, type CaptureView, identityOf } from "./identity.ts";
import { breaksLeft } from "./break.ts";
import type { HandInCause } from "./event.ts";
import { holdOf, type ReviewState } from "./review.ts";
import { whySectionIsShut } from "./section.ts";
import type {
  Attempt,
  AttemptStatus,
  InStatus,
  KeptAnswer,
  Message,
  NotedViolation,
  Registered,
  SavedAnswer,
  Work,
} from "./state.ts";
import { type WantedStills, wantedStills } from "./still.ts";
import { timeOf, type TimeView } from "./time-view.ts";

/** Breaks that the candidate may still take. `until`: when the one that is being taken ends by itself. */
export type BreakView = { readonly left: number; readonly longestMs: number; readonly until: EpochMs | null };

export type MessageView = Pick<Message, "seq" | "at" | "kind" | "text" | "acknowledged"> & {
  readonly from: "candidate" | "proctor" | "system";
};

export type Closing = {
  readonly at: EpochMs;
  readonly cause: HandInCause | "terminated";
  /** Of which kind the reason is for which staff ended it; null where they did not, or were not asked. */
  readonly termination: TerminationCause | null;
  readonly reason: string | null;
};

/** What is held and why, and what people made of it, as the candidate reads it: not who, nor what one of two said. [A137] */
export type ReviewView = {
  readonly state: ReviewState;
  readonly at: EpochMs;
  readonly why: string;
  /** Of the outcome; null while it is held. */
  readonly reason: string | null;
};

/** `at`: when the session saved it; null in a page that does not know yet. */
export type AnswerView = Pick<SavedAnswer, "response" | "late"> & { readonly at: EpochMs | null };

/** What the candidate may know of the own attempt. It has no place for an answer key, a score or a violation. */
export type CandidateView = {
  readonly name: string;
  readonly status: Exclude<AttemptStatus, "unregistered">;
  /** Why the attempt is denied or paused, else null. */
  readonly reason: string | null;
  readonly time: TimeView | null;
  readonly paper: Paper | null;
  readonly answers: Readonly<Record<ItemId, AnswerView>>;
  /** Own answers that came within the grace: they count, and are marked late. Empty before the end. [A21] */
  readonly late: readonly ItemId[];
  /** Own answers that came too late to count: they are kept, and not scored. [A29] */
  readonly kept: readonly KeptAnswer[];
  readonly flagged: readonly ItemId[];
  readonly position: ItemId | null;
  readonly messages: readonly MessageView[];
  /** Null where the exam has no breaks. */
  readonly breaks: BreakView | null;
  /** Time that is added to the exam's duration when the paper opens. */
  readonly allowedMs: number;
  readonly exceptions: readonly ExceptionKind[];
  /** Which sensors the exam's policy runs on the page. */
  readonly sensors: readonly SensorName[];
  /** What the exam's policy looks for. */
  readonly lookedFor: readonly SignalKind[];
  /** The page that writes, and since when. */
  readonly writer: { readonly page: string; readonly since: EpochMs } | null;
  /** This browser's devices have to be checked before it may go on. */
  readonly checkFirst: boolean;
  /** What the policy asks to be taken before the exam; empty where nothing. */
  readonly identity: readonly CaptureView[];
  /** Pictures that the page is to take and that are not stored. It leaves out what is too long ago. */
  readonly wantedStills: readonly WantedStills[];
  readonly closing: Closing | null;
  /** Null where nobody ever held the result. */
  readonly review: ReviewView | null;
};

/** [A95] A tile travels whole with every change of it; what was said earlier is in the feed and in the record. */
const messagesInTile = 50;
/** As many as tell how grave, how new and how old it is. */
const unattendedInTile = 20;

/** What a proctor may know of an attempt at a glance. It has no place for answers or a score. */
export type ProctorView = {
  readonly name: string;
  readonly status: Exclude<AttemptStatus, "unregistered">;
  readonly reason: string | null;
  readonly time: TimeView | null;
  readonly answered: number;
  readonly items: number;
  readonly conditions: readonly SignalKind[];
  /** Since when the candidate's page is cut off, while it is. */
  readonly cutOffSince: EpochMs | null;
  /** `unattended`: the latest of what was noted since staff last did anything about the attempt. */
  readonly violations: {
    readonly count: number;
    readonly latest: NotedViolation | null;
    readonly unattended: readonly SeenViolation[];
  };
  /** Sensors that are not simply working. */
  readonly sensors: readonly (SensorReport & { readonly sensor: SensorName })[];
  readonly messages: readonly MessageView[];
  readonly live: readonly LiveTrack[];
  readonly breakUntil: EpochMs | null;
  readonly exceptions: readonly ExceptionKind[];
  /** Another browser asks to go on with this attempt; `isFormer`: it had it before. */
  readonly takeOver: { readonly request: number; readonly at: EpochMs; readonly isFormer: boolean } | null;
  readonly checkFirst: boolean;
  readonly identity: readonly CaptureToCompare[];
  readonly closing: Closing | null;
};

export function candidateView(attempt: Registered, exam: ExamVersion): CandidateView {
  const work = "work" in attempt ? attempt.work : null;
  return {
    name: attempt.file.name,
    status: attempt.status,
    reason: reasonOf(attempt),
    time: timeOf(attempt, exam, false),
    paper: paperBefore(attempt, exam),
    answers: work === null ? {} : answersOf(work.answers),
    late: attempt.status === "handed-in" ? lateAnswers(attempt.work.answers) : [],
    kept: work?.kept ?? [],
    flagged: work?.flagged ?? [],
    position: work?.position ?? null,
    messages: messagesOf(attempt),
    breaks: breaksOf(attempt, exam),
    allowedMs: attempt.file.allowances.reduce((sum, each) => sum + allowanceMs(each, exam.durationMs), 0),
    exceptions: exceptionsOf(attempt),
    sensors: [...sensorsOf(policyOf(exam))],
    lookedFor: kindsOf(policyOf(exam)),
    writer: writerOf(attempt),
    checkFirst: attempt.file.writing.checkFirst,
    identity: identityOf(attempt, exam).map(({ capture, state, askedAgain }) => ({ capture, state, askedAgain })),
    wantedStills: wantedStills(attempt.file),
    closing: closingOf(attempt),
    review: reviewOf(attempt),
  };
}

export function proctorView(attempt: Registered, exam: ExamVersion): ProctorView {
  const work = "work" in attempt ? attempt.work : null;
  const { conditions, violations, media } = attempt.file;
  const isOver = attempt.status === "handed-in" || attempt.status === "terminated";
  return {
    name: attempt.file.name,
    status: attempt.status,
    reason: reasonOf(attempt),
    time: timeOf(attempt, exam, true),
    answered: work === null ? 0 : answeredCount(work),
    items: itemsOf(exam).length,
    conditions: isOver ? [] : conditions.map(({ kind }) => kind),
    cutOffSince: isOver ? null : (conditions.find(({ kind }) => kind === "connection-lost")?.since ?? null),
    violations: {
      count: violations.length,
      latest: violations.at(-1) ?? null,
      unattended: isOver ? [] : unattendedOf(attempt),
    },
    sensors: isOver ? [] : troubledSensors(attempt),
    messages: messagesOf(attempt).slice(-messagesInTile),
    live: isOver ? [] : (media?.tracks ?? []),
    breakUntil: attempt.status === "paused" ? attempt.breakUntil : null,
    exceptions: exceptionsOf(attempt),
    takeOver: isOver ? null : takeOverIn(attempt),
    checkFirst: !isOver && attempt.file.writing.checkFirst,
    identity: identityOf(attempt, exam),
    closing: closingOf(attempt),
  };
}

/**
 * Whether the candidate's view is the same for certain, the answers aside, without making it. `evolve` keeps what it was
 * given, so what did not change is the same object; a "no" may be wrong, and then the views are compared.
 */
export function isSameToCandidate(before: Attempt, after: Attempt): boolean {
  if (before.status !== "open" || after.status !== "open" || !isSameBesideWork(before, after)) return false;
  const [was, is] = [before.work, after.work];
  return was.flagged === is.flagged && was.position === is.position && was.kept === is.kept;
}

/** The same of the proctor's view, which has of the answers how many there are. */
export function isSameToProctor(before: Attempt, after: Attempt): boolean {
  if (before.status !== "open" || after.status !== "open" || !isSameBesideWork(before, after)) return false;
  return answeredCount(before.work) === answeredCount(after.work);
}

function isSameBesideWork(before: InStatus<"open">, after: InStatus<"open">): boolean {
  const [was, is] = [before.work, after.work];
  return before.file === after.file && was.ledger === is.ledger && was.sections === is.sections;
}

/** How many questions have an answer. */
function answeredCount({ answers }: Work): number {
  return Object.values(answers).filter(({ response }) => response !== null).length;
}

function reasonOf(attempt: Registered): string | null {
  return attempt.status === "denied" || attempt.status === "paused" ? attempt.reason : null;
}

function paperBefore(attempt: Registered, exam: ExamVersion): Paper | null {
  if (attempt.status !== "open") return null;
  const { work } = attempt;
  return paperOf(exam, (section) => whySectionIsShut(work, section) !== null);
}

function writerOf({ file: { writing } }: Registered): CandidateView["writer"] {
  const { page, since } = writing;
  return page === null || since === null ? null : { page, since };
}

function takeOverIn({ file: { writing } }: Registered): ProctorView["takeOver"] {
  const { request, left } = writing;
  if (request === null) return null;
  return { request: request.seq, at: request.at, isFormer: left?.browser === request.browser };
}

function exceptionsOf({ file }: Registered): readonly ExceptionKind[] {
  return file.exceptions.map(({ kind }) => kind);
}

function breaksOf(attempt: Registered, exam: ExamVersion): BreakView | null {
  const { count, longestMs } = timingOf(exam).breaks;
  if (count === 0) return null;
  const left = "work" in attempt ? breaksLeft(attempt.work, exam) : count;
  return { left, longestMs, until: attempt.status === "paused" ? attempt.breakUntil : null };
}

function answersOf(answers: Readonly<Record<ItemId, SavedAnswer>>): CandidateView["answers"] {
  const view: Record<ItemId, AnswerView> = {};
  for (const [id, { response, late, at }] of Object.entries(answers)) view[id as ItemId] = { response, late, at };
  return view;
}

function lateAnswers(answers: Readonly<Record<ItemId, SavedAnswer>>): readonly ItemId[] {
  const ids = Object.keys(answers) as ItemId[];
  return ids.filter((id) => answers[id]?.late);
}

function messagesOf(attempt: Registered): readonly MessageView[] {
  return attempt.file.messages.map(({ seq, at, kind, text, acknowledged, from }) => ({
    seq,
    at,
    kind,
    text,
    acknowledged,
    from: from.kind,
  }));
}

function closingOf(attempt: Registered): Closing | null {
  if (attempt.status === "handed-in") {
    return { at: attempt.at, cause: attempt.cause, termination: null, reason: null };
  }
  if (attempt.status === "terminated") {
    return { at: attempt.at, cause: "terminated", termination: attempt.cause, reason: attempt.reason };
  }
  return null;
}

function reviewOf(attempt: Registered): ReviewView | null {
  const hold = holdOf(attempt);
  if (hold === null) return null;
  const { at, why, outcome } = hold;
  if (outcome === null) return { state: "held", at, why, reason: null };
  return { state: outcome.verdict, at: outcome.at, why, reason: outcome.reason };
}

/** [I17] */
function unattendedOf({ file: { violations, attendedAt } }: Registered): readonly SeenViolation[] {
  return violations
    .filter(({ notedAt }) => attendedAt === null || notedAt > attendedAt)
    .slice(-unattendedInTile)
    .map(({ severity, notedAt, response = "log" }) => ({ severity, notedAt, response }));
}

/** [I19] */
function troubledSensors({ file: { sensors } }: Registered): ProctorView["sensors"] {
  return sensorNames.flatMap((sensor) => {
    const report = sensors[sensor];
    return report === undefined || report.state === "working" ? [] : [{ sensor, ...report }];
  });
}
