import type { CandidateCommand } from "#domain/attempt/command.ts";
import type { ItemId } from "#domain/exam/ids.ts";
import { count } from "../ui/format-duration.ts";
import type { AttemptState } from "./attempt-state.ts";
import type { Drafts } from "./work.ts";

/**
 * Where an answer is: `saving` is on its way to this computer's disk, or from there to the session; `kept` is on this
 * computer only, because the line is down.
 */
export type SaveState = "nothing" | "saved" | "saving" | "kept" | "not-taken";

export type Saving = {
  readonly waiting: readonly CandidateCommand[];
  /** Those of the waiting that are not on this computer's disk yet. */
  readonly entering: readonly CandidateCommand[];
  readonly drafts: Drafts;
  readonly isOnline: boolean;
  /** Questions whose last answer the session did not take. */
  readonly notTaken: readonly ItemId[];
};

export function saveStateOf(itemId: ItemId, isAnswered: boolean, saving: Saving): SaveState {
  if (unsavedItems(saving).has(itemId)) {
    return saving.isOnline || enteringItems(saving).has(itemId) ? "saving" : "kept";
  }
  if (saving.notTaken.includes(itemId)) return "not-taken";
  return isAnswered ? "saved" : "nothing";
}

/** The state of all answers together, and how many questions have something that is not saved. */
export function overallSaving(saving: Saving): {
  readonly state: Exclude<SaveState, "nothing">;
  readonly count: number;
} {
  const unsaved = unsavedItems(saving).size;
  if (unsaved > 0) {
    return { state: saving.isOnline || enteringItems(saving).size > 0 ? "saving" : "kept", count: unsaved };
  }
  if (saving.notTaken.length > 0) return { state: "not-taken", count: saving.notTaken.length };
  return { state: "saved", count: 0 };
}

/** `isDurable`: whether this browser keeps what was not sent when it is closed. */
export function savingWords(state: SaveState, unsaved: number, isDurable: boolean): string {
  switch (state) {
    case "nothing":
      return "Not answered";
    case "saved":
      return "Saved";
    case "saving":
      return "Saving…";
    case "kept":
      return isDurable
        ? `Saved on this computer, not yet sent: ${unsaved}`
        : `Not yet sent: ${unsaved}, keep this page open`;
    case "not-taken":
      return `Not taken: ${count(unsaved, "answer")}`;
  }
}

/** The same of the one question that is looked at. */
export function questionSavingWords(state: SaveState, isDurable: boolean): string {
  switch (state) {
    case "kept":
      return isDurable ? "Saved on this computer, not yet sent" : "Not yet sent, keep this page open";
    case "not-taken":
      return "This answer could not be saved";
    case "nothing":
    case "saved":
    case "saving":
      return savingWords(state, 0, isDurable);
  }
}

/** How many questions have an answer on this computer that the session does not have. */
export function keptCount(saving: Saving): number {
  return unsavedItems(saving).size - enteringItems(saving).size;
}

export function savingOf({ waiting, entering, drafts, phase, notTaken }: AttemptState): Saving {
  return {
    waiting,
    entering,
    drafts,
    isOnline: phase.kind === "online",
    notTaken: notTaken.map(({ itemId }) => itemId),
  };
}

function unsavedItems({ waiting, drafts }: Saving): ReadonlySet<string> {
  return new Set([...answeredBy(waiting), ...Object.keys(drafts)]);
}

function enteringItems({ entering, drafts }: Saving): ReadonlySet<string> {
  return new Set([...answeredBy(entering), ...Object.keys(drafts)]);
}

function answeredBy(commands: readonly CandidateCommand[]): readonly string[] {
  return commands.flatMap((command) => (command.type === "saveAnswer" ? [command.itemId] : []));
}
