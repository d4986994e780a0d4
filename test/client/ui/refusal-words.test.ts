import { expect, test } from "vitest";
import { refusalWords } from "#client/ui/refusal-words.ts";
import { refusals } from "#domain/attempt/decision.ts";

test.each(refusals)("%s is explained in whole sentences, without the word of the wire", (refusal) => {
  const words = refusalWords(refusal);
  expect(words).toMatch(/^[A-Z].*\.$/);
  if (refusal.includes("-")) expect(words).not.toContain(refusal);
});

test("each refusal has an explanation of its own", () => {
  expect(new Set(refusals.map(refusalWords)).size).toBe(refusals.length);
});
