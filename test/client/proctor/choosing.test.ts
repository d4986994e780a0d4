import { expect, test } from "vitest";
import { choosingAfter } from "#client/proctor/choosing.ts";
import { type AttemptId, brand } from "#domain/exam/ids.ts";

const order = ["ada", "grace", "mateo", "yuki"].map((id) => brand<AttemptId>(id));
const [ada, grace, mateo, yuki] = order as [AttemptId, AttemptId, AttemptId, AttemptId];

function picked(...picks: readonly (readonly [AttemptId, "alone" | "range"])[]): readonly AttemptId[] {
  const choosing = picks.reduce<ReturnType<typeof choosingAfter> | null>(
    (before, [id, how]) => choosingAfter(before, id, how === "range", order),
    null,
  );
  return [...(choosing?.chosen ?? [])];
}

test("a candidate who is picked is chosen, and picked again is not", () => {
  expect(picked([ada, "alone"], [mateo, "alone"])).toEqual([ada, mateo]);
  expect(picked([ada, "alone"], [mateo, "alone"], [ada, "alone"])).toEqual([mateo]);
});

test("a range goes from the one picked before to this one, upwards and downwards, and adds to the others", () => {
  expect(picked([grace, "alone"], [yuki, "range"])).toEqual([grace, mateo, yuki]);
  expect(picked([yuki, "alone"], [mateo, "range"])).toEqual([yuki, mateo]);
  expect(picked([ada, "alone"], [mateo, "alone"], [yuki, "range"])).toEqual([ada, mateo, yuki]);
});

test("a range without a beginning that is shown is one candidate", () => {
  expect(picked([grace, "range"])).toEqual([grace]);
  const gone = brand<AttemptId>("gone");
  expect(picked([gone, "alone"], [grace, "range"])).toEqual([gone, grace]);
});
