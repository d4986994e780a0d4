import { expect, test } from "vitest";
import { erasureRefusal } from "#domain/retention/erasure.ts";

const over = { endedAt: 1, isUndecided: false, isHeld: false };
const ada = { name: "Ada", isHeld: false, attempts: [over, over] };

test("[D9] a person's data may go when nothing of them goes on, is held, or waits for a decision, and the name was typed", () => {
  expect(erasureRefusal(ada, " Ada ")).toBeNull();
  expect(erasureRefusal({ ...ada, attempts: [] }, "Ada")).toBeNull();
  expect(erasureRefusal(ada, "ada")).toBe("name-differs");
});

test.each([
  ["on-hold", { ...ada, isHeld: true }],
  ["on-hold", { ...ada, attempts: [over, { ...over, isHeld: true, endedAt: null }] }],
  ["review-undecided", { ...ada, attempts: [{ ...over, isUndecided: true, endedAt: null }, over] }],
  ["attempt-going-on", { ...ada, attempts: [over, { ...over, endedAt: null }] }],
] as const)("[D9] otherwise it is refused: %s", (why, person) => {
  expect(erasureRefusal(person, "Ada")).toBe(why);
  expect(erasureRefusal(person, "somebody else")).toBe(why);
});
