import type { ExamVersion } from "../exam/exam-version.ts";
import { itemsOf } from "../exam/exam-version.ts";
import type { ItemId } from "../exam/ids.ts";
import { type Paper, paperOf } from "../exam/paper.ts";
import type { Response } from "../exam/response.ts";
import type { EpochMs, SignalKind } from "../integrity/signal.ts";
import type { LiveTrack } from "./command.ts";
import { deadlineOf, type TimeEntry } from "./deadline.ts";
import type { HandInCause } from "./event.ts";
import type { Attempt, AttemptStatus, KeptAnswer, Message, NotedViolation, Registered, SavedAnswer } from "./state.ts";

/** A line of the ledger as people read it: who is named only to staff. */
export type TimeEntryView = Pick<TimeEntry, "kind" | "ms" | "at" | "reason">;

/** Either the clock runs and there is a deadline, or it stands still and there is what is left. */
export type TimeView = {
  readonly endsAt: EpochMs | null;
  readonly leftMs: number | null;
  readonly entries: readonly TimeEntryView[];
};

export type MessageView = Pick<Message, "seq" | "at" | "kind" | "text" | "acknowledged"> & {
  readonly from: "candidate" | "proctor" | "system";
};

export type Closing = {
  readonly at: EpochMs;
  readonly cause: HandInCause | "terminated";
  readonly reason: string | null;
};

/** What the candidate may know of the own attempt. It has no place for an answer key, a score or a violation. */
export type CandidateView = {
  readonly name: string;
  readonly status: Exclude<AttemptStatus, "unregistered">;
  /** Why the attempt is denied or paused, else null. */
  readonly reason: string | null;
  readonly time: TimeView | null;
  readonly paper: Paper | null;
  readonly answers: Readonly<Record<ItemId, Pick<SavedAnswer, "response" | "late">>>;
  /** Own answers that came too late to count: they are kept, and not scored. [A29] */
  readonly kept: readonly KeptAnswer[];
  readonly flagged: readonly ItemId[];
  readonly position: ItemId | null;
  readonly messages: readonly MessageView[];
  readonly closing: Closing | null;
};

/** [A95] A tile travels whole with every change of it; what was said earlier is in the feed and in the record. */
const messagesInTile = 50;

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
  readonly violations: { readonly count: number; readonly latest: NotedViolation | null };
  readonly messages: readonly MessageView[];
  readonly live: readonly LiveTrack[];
  readonly closing: Closing | null;
};

export function candidateView(attempt: Registered, exam: ExamVersion): CandidateView {
  const work = "work" in attempt ? attempt.work : null;
  return {
    name: attempt.file.name,
    status: attempt.status,
    reason: reasonOf(attempt),
    time: timeOf(attempt),
    paper: attempt.status === "open" ? paperOf(exam) : null,
    answers: work === null ? {} : answersOf(work.answers),
    kept: work?.kept ?? [],
    flagged: work?.flagged ?? [],
    position: work?.position ?? null,
    messages: messagesOf(attempt),
    closing: closingOf(attempt),
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
    time: timeOf(attempt),
    answered: work === null ? 0 : Object.values(work.answers).filter(({ response }) => response !== null).length,
    items: itemsOf(exam).length,
    conditions: isOver ? [] : conditions.map(({ kind }) => kind),
    cutOffSince: isOver ? null : (conditions.find(({ kind }) => kind === "connection-lost")?.since ?? null),
    violations: { count: violations.length, latest: violations.at(-1) ?? null },
    messages: messagesOf(attempt).slice(-messagesInTile),
    live: isOver ? [] : (media?.tracks ?? []),
    closing: closingOf(attempt),
  };
}

/**
 * The parts of a view that differ, to be merged over the old one by whoever holds it; null when nothing does.
 * Parts are compared by their JSON, which is what travels.
 */
export function changedParts<View extends object>(before: View | null, after: View): Partial<View> | null {
  const changed: Partial<View> = {};
  let any = false;
  for (const part in after) {
    if (before !== null && JSON.stringify(before[part]) === JSON.stringify(after[part])) continue;
    changed[part] = after[part];
    any = true;
  }
  return any ? changed : null;
}

function reasonOf(attempt: Registered): string | null {
  return attempt.status === "denied" || attempt.status === "paused" ? attempt.reason : null;
}

function timeOf(attempt: Attempt): TimeView | null {
  if (!("work" in attempt)) return null;
  const { openedAt, ledger } = attempt.work;
  const entries = ledger.map(({ kind, ms, at, reason }) => ({ kind, ms, at, reason }));
  const deadline = deadlineOf(openedAt, ledger);
  switch (attempt.status) {
    case "open":
      return { endsAt: deadline, leftMs: null, entries };
    case "paused":
      return { endsAt: null, leftMs: Math.max(0, deadline - attempt.pausedAt), entries };
    case "handed-in":
    case "terminated":
      return { endsAt: null, leftMs: Math.max(0, deadline - attempt.at), entries };
  }
}

function answersOf(answers: Readonly<Record<ItemId, SavedAnswer>>): CandidateView["answers"] {
  const view: Record<ItemId, { response: Response | null; late: boolean }> = {};
  for (const [id, { response, late }] of Object.entries(answers)) view[id as ItemId] = { response, late };
  return view;
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
  if (attempt.status === "handed-in") return { at: attempt.at, cause: attempt.cause, reason: null };
  if (attempt.status === "terminated") return { at: attempt.at, cause: "terminated", reason: attempt.reason };
  return null;
}
