import type { CandidateCommand } from "#domain/attempt/command.ts";
import type { ItemId } from "#domain/exam/ids.ts";
import { count } from "../ui/format-duration.ts";
import type { Drafts } from "./work.ts";

/** Where an answer is: `kept` is on this computer only, because the line is down. */
export type SaveState = "nothing" | "saved" | "saving" | "kept" | "not-taken";

export type Saving = {
  readonly waiting: readonly CandidateCommand[];
  readonly drafts: Drafts;
  readonly isOnline: boolean;
  /** Questions whose last answer the session did not take. */
  readonly notTaken: readonly ItemId[];
};

export function saveStateOf(itemId: ItemId, isAnswered: boolean, saving: Saving): SaveState {
  if (unsavedItems(saving).has(itemId)) return saving.isOnline ? "saving" : "kept";
  if (saving.notTaken.includes(itemId)) return "not-taken";
  return isAnswered ? "saved" : "nothing";
}

/** The state of all answers together, and how many questions have something that is not saved. */
export function overallSaving(saving: Saving): {
  readonly state: Exclude<SaveState, "nothing">;
  readonly count: number;
} {
  const unsaved = unsavedItems(saving).size;
  if (unsaved > 0) return { state: saving.isOnline ? "saving" : "kept", count: unsaved };
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
        ? `Not sent yet: ${unsaved}, kept on this computer`
        : `Not sent yet: ${unsaved}, keep this page open`;
    case "not-taken":
      return `Not taken: ${count(unsaved, "answer")}`;
  }
}

function unsavedItems({ waiting, drafts }: Saving): ReadonlySet<string> {
  const answers = waiting.filter((command) => command.type === "saveAnswer");
  return new Set([...answers.map(({ itemId }) => itemId as string), ...Object.keys(drafts)]);
}
