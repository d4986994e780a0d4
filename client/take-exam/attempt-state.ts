import type { CandidateCommand } from "#domain/attempt/command.ts";
import type { Refusal } from "#domain/attempt/decision.ts";
import type { CandidateView } from "#domain/attempt/view.ts";
import type { ConsentText } from "#domain/exam/consent-text.ts";
import type { ItemId } from "#domain/exam/ids.ts";
import type { SensorName, SensorState } from "#domain/integrity/sensor.ts";
import type { CandidateDown, Outcome } from "#protocol/session/down.ts";
import type { Phase } from "../session/connection.ts";
import type { PendingCommands } from "../session/pending-commands.ts";
import { count } from "../ui/format-duration.ts";
import { type TimeNotice, timeNotices } from "./exam-clock-words.ts";
import type { UnsentAnswer } from "./unsent-answer.ts";
import { nothingUp, type TimesUp } from "./watch-time.ts";
import { type Drafts, withCommand } from "./work.ts";

export type ExamFacts = {
  readonly title: string;
  readonly instructions: string;
  readonly durationMs: number;
  readonly consent: ConsentText | null;
};

/** An answer that the session did not take, and why. */
export type NotTaken = { readonly itemId: ItemId; readonly refusal: Refusal };

/** All that one attempt's page knows. */
export type AttemptState = TimesUp & {
  readonly phase: Phase;
  readonly exam: ExamFacts | null;
  readonly view: CandidateView | null;
  readonly waiting: readonly CandidateCommand[];
  /** Those of the waiting that are not on this computer's disk yet. */
  readonly entering: readonly CandidateCommand[];
  readonly drafts: Drafts;
  readonly notTaken: readonly NotTaken[];
  /** The latest signed checkpoint. */
  readonly receipt: string | null;
  /** About time that was given while this page was open; oldest first, until dismissed. */
  readonly notices: readonly TimeNotice[];
  /** What this page's sensors last said of themselves. */
  readonly sensors: Readonly<Partial<Record<SensorName, SensorState>>>;
  /** Why the last command that a person gave by a button was not carried out. */
  readonly refusal: Refusal | null;
  /** The name of this page among those of its browser. */
  readonly page: string;
  /** Another page writes this exam, and this one only reads. */
  readonly isReading: boolean;
  /** This page wrote before it only read. */
  readonly hasWritten: boolean;
  /** This page only read before it wrote. */
  readonly hasRead: boolean;
  /** Answers that were made on this page, and that the session does not have. */
  readonly unsent: readonly UnsentAnswer[];
  /** Whether this browser keeps unsent commands when it is closed. */
  readonly isDurable: boolean;
};

export function initialState(
  { receipt, isDurable, restored, unreadable }: PendingCommands<CandidateCommand>,
  page: string,
): AttemptState {
  return {
    phase: { kind: "connecting" },
    exam: null,
    view: null,
    waiting: restored.map(({ body }) => body),
    entering: [],
    drafts: {},
    notTaken: [],
    receipt,
    notices: unreadable === 0 ? [] : [unreadableNotice(unreadable)],
    sensors: {},
    refusal: null,
    page,
    isReading: false,
    hasWritten: false,
    hasRead: false,
    unsent: [],
    isDurable,
    ...nothingUp,
  };
}

function unreadableNotice(unreadable: number): TimeNotice {
  return {
    title: `${count(unreadable, "change")} could not be read`,
    text: "What was kept on this computer and not sent yet was damaged or altered, and is dropped. Look over your last answers.",
  };
}

/** The state after a message of the session. */
export function withMessage(state: AttemptState, message: CandidateDown): AttemptState {
  switch (message.type) {
    case "welcome": {
      const { examTitle: title, instructions, durationMs, consent } = message;
      return withView({ ...state, exam: { title, instructions, durationMs, consent } }, message.view);
    }
    case "changed":
      return state.view === null ? state : withView(state, { ...state.view, ...message.parts });
    case "acks":
      return { ...state, receipt: message.checkpoint ?? state.receipt };
    case "slowDown":
    case "clock":
      return state;
  }
}

function withView(state: AttemptState, view: CandidateView): AttemptState {
  const notices = timeNotices(state.view?.time ?? null, view.time);
  const isReading = view.writer !== null && view.writer.page !== state.page;
  const hasWritten = state.hasWritten || (view.writer !== null && !isReading);
  return {
    ...state,
    view,
    isReading,
    hasWritten,
    hasRead: state.hasRead || isReading,
    // The page that wrote has the receipt of the end; an earlier one would not be the last word.
    receipt:
      isReading && state.view !== null && state.view.closing === null && view.closing !== null ? null : state.receipt,
    notices: notices.length === 0 ? state.notices : [...state.notices, ...notices],
  };
}

/** The state after a command was answered. */
export function withOutcome(state: AttemptState, command: CandidateCommand, outcome: Outcome): AttemptState {
  if (outcome.accepted) {
    const notTaken =
      command.type === "saveAnswer" ? state.notTaken.filter(({ itemId }) => itemId !== command.itemId) : state.notTaken;
    return { ...state, notTaken, view: state.view === null ? null : withCommand(state.view, command) };
  }
  const { refusal } = outcome;
  switch (command.type) {
    case "saveAnswer": {
      const { itemId, response } = command;
      // Typed in the very moment in which the exam was paused: kept here, and sent when it goes on.
      if (refusal === "paused") {
        // An older answer that comes back must not take the place of one that is still on its way.
        const newest = state.waiting.findLast((each) => each.type === "saveAnswer" && each.itemId === itemId);
        if (newest !== undefined && newest !== command) return state;
        return itemId in state.drafts ? state : { ...state, drafts: { ...state.drafts, [itemId]: response } };
      }
      const others = state.notTaken.filter((answer) => answer.itemId !== itemId);
      return { ...state, notTaken: [...others, { itemId, refusal }] };
    }
    case "giveConsent":
    case "reportDeviceCheck":
    case "requestAdmission":
    case "leaveIdentityToProctor":
    case "openPaper":
    case "handIn":
    case "enterSection":
    case "startBreak":
    case "endBreak":
    case "sendMessage":
    case "takeOver":
      return { ...state, refusal };
    // Nobody pressed a button for these, and nobody can do anything about them.
    case "flagItem":
    case "visitItem":
    case "acknowledgeWarning":
    case "reportOutage":
    case "beginSignal":
    case "endSignal":
    case "reportMoment":
    case "reportSensor":
      return state;
  }
}
