import { describe, expect, test } from "vitest";
import { createTypingBurst, type Insertion } from "#client/sensors/typing-burst.ts";

const sentence = "The lift of a wing grows with the square of its speed.";

function typed(text: string, at: number): Insertion {
  return { inputType: "insertText", isComposing: false, grewBy: text.length, text, at };
}

/** Types key by key, and says what was told by a second after the last. */
function tellsOf(text: string, charactersPerSecond: number, change: Partial<Insertion> = {}): readonly number[] {
  const burst = createTypingBurst();
  const step = 1000 / charactersPerSecond;
  const tells = Array.from(text).map((each, index) => burst.read({ ...typed(each, index * step), ...change }));
  return [...tells, burst.rest(text.length * step + 1000)].filter((told) => told !== null);
}

describe("typing that comes as a burst", () => {
  test("[I50] a program that types a sentence at once is told once, with how many characters", () => {
    expect(tellsOf(sentence, 200)).toEqual([sentence.length]);
    expect(tellsOf(sentence, 45)).toEqual([sentence.length]);
  });

  test("twenty characters in one insertion are a burst, nineteen are a long word", () => {
    const burst = createTypingBurst();
    expect(burst.read(typed("x".repeat(19), 0))).toBeNull();
    expect(burst.read(typed("x".repeat(20), 5000))).toBe(20);
    expect(burst.rest(9000)).toBeNull();
  });

  test("an extension that fills a field says no kind of input, and is a burst all the same", () => {
    expect(createTypingBurst().read({ ...typed(sentence, 0), inputType: "", text: null })).toBe(sentence.length);
  });

  test("[I51] the fastest hands are no burst, nor is a short roll over the keys", () => {
    expect(tellsOf(sentence.repeat(4), 20)).toEqual([]);
    expect(tellsOf("asdfghjklasdfghjkla", 200)).toEqual([]);
  });

  test("[I51] a key that is held down is no burst", () => {
    expect(tellsOf("a".repeat(200), 60)).toEqual([]);
  });

  test.each([
    "insertFromPaste",
    "insertFromDrop",
    "insertReplacementText",
    "insertCompositionText",
    "historyUndo",
    "historyRedo",
  ])("[I51] %s is told as what it is or is the browser's own doing: no burst", (inputType) => {
    expect(createTypingBurst().read({ ...typed(sentence, 0), inputType })).toBeNull();
    expect(tellsOf(sentence, 200, { inputType })).toEqual([]);
  });

  test("[I51] what an input method composes is no burst", () => {
    expect(tellsOf(sentence, 200, { isComposing: true })).toEqual([]);
  });

  test("two bursts with a pause between are told as two", () => {
    const burst = createTypingBurst();
    const told: (number | null)[] = [];
    for (const start of [0, 3000]) {
      for (const [index, each] of Array.from("abcdefghijklmnopqrstuvwxyz").entries()) {
        told.push(burst.read(typed(each, start + index * 5)));
      }
    }
    told.push(burst.rest(9000));
    expect(told.filter((each) => each !== null)).toEqual([26, 26]);
  });

  test("a burst that a hand goes on from is told when it is over, and not before", () => {
    const burst = createTypingBurst();
    for (const [index, each] of Array.from("abcdefghijklmnopqrstuvwxyz").entries()) {
      expect(burst.read(typed(each, index * 5))).toBeNull();
    }
    expect(burst.rest(300)).toBeNull();
    expect(burst.read(typed("a", 600))).toBe(26);
  });
});
