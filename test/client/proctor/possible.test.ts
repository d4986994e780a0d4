import { describe, expect, test } from "vitest";
import { possibleActs, statusWords } from "#client/proctor/possible.ts";
import type { ProctorCommand } from "#domain/attempt/command.ts";
import { decide } from "#domain/attempt/decide.ts";
import { attemptAfter, contextOf, minutes, nine } from "#test/domain/attempt/given.ts";
import { proctorCommands } from "#test/domain/attempt/every-command.ts";
import { histories } from "#test/domain/attempt/histories.ts";
import { lin } from "#test/domain/attempt/people.ts";
import { type Shown, shownStatuses } from "./tiles.ts";

type Act = ProctorCommand["type"];

const acts = Object.keys(proctorCommands) as readonly Act[];

/** What the law would take and the console still does not offer: nobody is there to read it. */
const senseless: readonly (readonly [Shown, Act])[] = [["registered", "warn"]];

/** Whether the act, as a good command, would change something. */
function hasEffect(status: Shown, act: Act): boolean {
  const decision = decide(attemptAfter(histories[status]), proctorCommands[act], contextOf(lin, nine + minutes(10)));
  return decision.accepted && decision.facts.length > 0;
}

describe.each(shownStatuses)("to an attempt that is %s", (status) => {
  test("the console offers what the law takes, and nothing else", () => {
    const offered = acts.filter((act) => possibleActs(status).has(act));
    const withEffect = acts.filter((act) => hasEffect(status, act));
    const isSenseless = (act: Act) => senseless.some((one) => one[0] === status && one[1] === act);
    expect(offered).toEqual(withEffect.filter((act) => !isSenseless(act)));
  });
});

test("each status has words of its own", () => {
  const words = shownStatuses.map(statusWords);
  expect(new Set(words).size).toBe(shownStatuses.length);
});
