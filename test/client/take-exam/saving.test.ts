import { describe, expect, it } from "vitest";
import {
  keptCount,
  overallSaving,
  questionSavingWords,
  saveStateOf,
  savingWords,
  type Saving,
} from "#client/take-exam/saving.ts";
import { first, second } from "./paper.ts";

const quiet: Saving = { waiting: [], entering: [], drafts: {}, isOnline: true, notTaken: [] };
const waitingAnswer = { type: "saveAnswer", itemId: first, response: null, agoMs: 0 } as const;
const waiting: Saving = { ...quiet, waiting: [waitingAnswer, waitingAnswer] };

describe("whether an answer is saved", () => {
  it.each([
    ["not answered", "nothing", quiet, false],
    ["answered by the session", "saved", quiet, true],
    ["under way", "saving", waiting, true],
    ["typed just now", "saving", { ...quiet, drafts: { [first]: null } }, true],
    ["made while the line is down", "kept", { ...waiting, isOnline: false }, true],
    [
      "made while the line is down and not on the disk yet",
      "saving",
      { ...waiting, entering: [waitingAnswer], isOnline: false },
      true,
    ],
    ["refused", "not-taken", { ...quiet, notTaken: [first] }, true],
    ["refused, and made anew", "saving", { ...waiting, notTaken: [first] }, true],
  ] as const)("%s is %s", (_title, state, saving, isAnswered) => {
    expect(saveStateOf(first, isAnswered, saving)).toBe(state);
  });
});

describe("whether everything is saved", () => {
  it("counts questions, not commands", () => {
    const other = { ...waitingAnswer, itemId: second };
    const saving: Saving = { ...waiting, waiting: [waitingAnswer, waitingAnswer, other], isOnline: false };
    expect(overallSaving(saving)).toEqual({ state: "kept", count: 2 });
    expect(keptCount(saving)).toBe(2);
  });

  it("says that it is on this computer when all of it is", () => {
    const saving: Saving = { ...waiting, drafts: { [second]: null }, isOnline: false };
    expect(overallSaving(saving)).toEqual({ state: "saving", count: 2 });
    expect(keptCount(saving)).toBe(1);
  });

  it("does not wait for what is no answer", () => {
    const visit = { type: "visitItem", itemId: first } as const;
    expect(overallSaving({ ...quiet, waiting: [visit] })).toEqual({ state: "saved", count: 0 });
  });

  it("says where unsent answers are", () => {
    expect(savingWords("kept", 3, true)).toBe("Saved on this computer, not yet sent: 3");
    expect(savingWords("kept", 3, false)).toBe("Not yet sent: 3, keep this page open");
    expect(questionSavingWords("kept", true)).toBe("Saved on this computer, not yet sent");
    expect(questionSavingWords("kept", false)).toBe("Not yet sent, keep this page open");
  });
});
