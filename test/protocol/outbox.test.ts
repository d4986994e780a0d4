import { describe, expect, it } from "vitest";
import type { AttemptFact } from "#domain/attempt/event.ts";
import { ada, lin } from "#test/domain/attempt/people.ts";
import { isTold } from "#protocol/outbox.ts";

describe("the outbox", () => {
  it("[L6] tells that a proctor asked for an identity picture again, as it tells their other interventions", () => {
    const again: AttemptFact = { type: "identityAskedAgain", capture: "document", reason: "It is blurred" };
    const warned: AttemptFact = { type: "warned", text: "Please look at the screen." };
    expect([again, warned].map((fact) => isTold(fact, lin.actor))).toEqual([true, true]);
    expect([again, warned].map((fact) => isTold(fact, ada.actor))).toEqual([false, false]);
  });
});
