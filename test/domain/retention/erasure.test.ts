import { expect, test } from "vitest";
import {
  confirms,
  erasedName,
  erasureRefusal,
  isNobody,
  namesOf,
  staysAfterErasure,
} from "#domain/retention/erasure.ts";

const over = { endedAt: 1, isUndecided: false, isHeld: false };
const ada = { names: ["Ada"], email: "ada@people.example", isHeld: false, attempts: [over, over] };

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

test("[D17] a person with several names is erased by the address that these have in common, and not by one of the names", () => {
  const names = namesOf(["Ada ", "ada", "Bert"]);
  expect(names).toEqual(["Ada", "Bert"]);
  const family = { ...ada, names };
  expect(erasureRefusal(family, "Ada")).toBe("several-names");
  expect(erasureRefusal(family, " Ada@People.example ")).toBeNull();
  expect(confirms("", { names: ["Ada"], email: null })).toBe(false);
});

test("[D10] what stays after an erasure names also what the platform keeps against faults, and for how long", () => {
  expect(staysAfterErasure.map(({ what }) => what).filter((what) => what.includes("30 days"))).toHaveLength(1);
});

test("[D10] whose name is erased is nobody, who gets no links and no arrangements; somebody who is called so is somebody", () => {
  expect(isNobody({ name: erasedName, email: null })).toBe(true);
  expect(isNobody({ name: erasedName, email: "ada@people.example" })).toBe(false);
  expect(isNobody({ name: "Ada", email: null })).toBe(false);
});
