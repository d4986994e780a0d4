import { describe, expect, test } from "vitest";
import type { AttemptFact } from "#domain/attempt/event.ts";
import { fold, ImpossibleEvent } from "#domain/attempt/evolve.ts";
import { isUsable, type ReviewState, reviewStateOf, type ReviewVerdict } from "#domain/attempt/review.ts";
import { candidateView } from "#domain/attempt/view.ts";
import type { ExamVersion } from "#domain/exam/exam-version.ts";
import { brand, type MemberId } from "#domain/exam/ids.ts";
import { policyFrom } from "#domain/integrity/policy.ts";
import { firstAid } from "#test/domain/exam/first-aid.ts";
import { candidateCommands, proctorCommands, systemCommands } from "./every-command.ts";
import { at, attemptAfter, eventsOf, given, type Happening, type History, minutes, nine } from "./given.ts";
import { histories } from "./histories.ts";
import { ada, lin, type Person, session } from "./people.ts";

const noon = nine + minutes(180);
const ruth = reviewer("ruth", "Ruth");
const rosa = reviewer("rosa", "Rosa");
const olu = reviewer("olu", "Olu");
const two: ExamVersion = { ...firstAid, integrity: policyFrom("standard", { reviewers: 2 }) };

function reviewer(id: string, name: string): Person {
  return { actor: { kind: "proctor", memberId: brand<MemberId>(id), name }, browser: null };
}

function held(reviewers: 1 | 2 = 1): History {
  const fact: AttemptFact = { type: "heldForReview", why: "The developer tools were open.", violation: 5, reviewers };
  return [...histories["handed-in"], at(noon, fact)];
}

function decide(verdict: ReviewVerdict, reason = "The recording shows it") {
  return { type: "decideReview", verdict, reason } as const;
}

function decided(by: Person, verdict: ReviewVerdict, settles = false, reason = "The recording shows it"): Happening {
  return at(noon, { type: "reviewDecided", verdict, reason, settles }, by);
}

function holdAfter(history: History) {
  const attempt = attemptAfter(history);
  return "hold" in attempt ? attempt.hold : null;
}

function stateAfter(history: History): ReviewState | null {
  return reviewStateOf(holdAfter(history));
}

describe("no machine", () => {
  test("[A130] voids a score or holds on to one: the session and the candidate decide nothing of a review", () => {
    for (const person of [session, ada]) {
      given(held()).when(decide("voided"), person, noon).thenRefused("not-permitted");
      given(held()).when(decide("stands"), person, noon).thenRefused("not-permitted");
      given(histories["handed-in"])
        .when({ type: "holdForReview", reason: "Because" }, person, noon)
        .thenRefused("not-permitted");
    }
  });

  test("[A130] decides by the way: no other command makes a decision of a review", () => {
    const commands = Object.values({ ...candidateCommands, ...proctorCommands, ...systemCommands });
    for (const history of [held(), held(2)]) {
      for (const command of commands) {
        for (const person of [ada, lin, session]) {
          for (const now of [noon, noon + minutes(100_000)]) {
            const decision = given(history).when(command, person, now).decision;
            const facts = decision.accepted ? decision.facts : [];
            expect(facts.filter(({ type }) => type === "reviewDecided")).toEqual([]);
          }
        }
      }
    }
  });
});

describe("a person", () => {
  test("[A131] holds the result of an attempt that is over, with a reason", () => {
    for (const status of ["handed-in", "terminated"] as const) {
      const story = given(histories[status], two);
      story
        .when({ type: "holdForReview", reason: "  The room was changed " }, ruth, noon)
        .then([{ type: "heldForReview", why: "The room was changed", violation: null, reviewers: 2 }]);
      story.when({ type: "holdForReview", reason: "  " }, ruth, noon).thenRefused("empty-text");
    }
    given(histories.open).when({ type: "holdForReview", reason: "Now" }, ruth, noon).thenRefused("wrong-status");
  });

  test("[A131] who holds what is held changes nothing", () => {
    given(held()).when({ type: "holdForReview", reason: "Another" }, ruth, noon).thenNothing();
  });

  test("[A132] decides with a reason, and of nothing but what is held", () => {
    given(held())
      .when(decide("stands", " A colleague walked by "), ruth, noon)
      .then([{ type: "reviewDecided", verdict: "stands", reason: "A colleague walked by", settles: true }]);
    given(held()).when(decide("voided", " "), ruth, noon).thenRefused("empty-text");
    given(histories["handed-in"]).when(decide("voided"), ruth, noon).thenRefused("not-held");
    given(histories.open).when(decide("voided"), ruth, noon).thenRefused("not-held");
  });

  test("[A133] decides once: the same again changes nothing, and another word is refused", () => {
    const once = given([...held(2), decided(ruth, "voided")], two);
    once.when(decide("voided"), ruth, noon).thenNothing();
    once.when(decide("voided", "Another reason"), ruth, noon).thenRefused("already-decided");
    once.when(decide("stands"), ruth, noon).thenRefused("already-decided");
  });
});

describe("where the policy asks for two", () => {
  test("[A134] two different people must say the same", () => {
    const story = given([...held(2), decided(ruth, "voided")], two);
    story
      .when(decide("voided", "I see it too"), rosa, noon)
      .then([{ type: "reviewDecided", verdict: "voided", reason: "I see it too", settles: true }]);
    expect(stateAfter([...held(2), decided(ruth, "voided")])).toBe("held");
    expect(stateAfter([...held(2), decided(ruth, "voided"), decided(rosa, "voided", true)])).toBe("voided");
  });

  test("[A134] a third decides when two differ", () => {
    const differing = [...held(2), decided(ruth, "voided"), decided(rosa, "stands")];
    expect(stateAfter(differing)).toBe("held");
    for (const verdict of ["stands", "voided"] as const) {
      given(differing, two)
        .when(decide(verdict), olu, noon)
        .thenSee(([fact]) => expect(fact).toMatchObject({ verdict, settles: true }));
    }
  });
});

describe("after an outcome", () => {
  const voided = [...held(), decided(ruth, "voided", true)];

  test("[A135] nothing more is decided, and a resend of the decision changes nothing", () => {
    given(voided).when(decide("stands"), rosa, noon).thenRefused("not-held");
    given(voided).when(decide("stands"), ruth, noon).thenRefused("not-held");
    given(voided).when(decide("voided"), ruth, noon).thenNothing();
  });

  test("[A135] a person holds it again with a reason of its own, and it is decided anew", () => {
    const appealed = { type: "holdForReview", reason: "The candidate appealed" } as const;
    given(voided)
      .when(appealed, rosa, noon)
      .then([{ type: "heldForReview", why: "The candidate appealed", violation: null, reviewers: 1 }]);
    given(voided)
      .when({ ...appealed, reason: " " }, rosa, noon)
      .thenRefused("empty-text");
    const again = at(noon, { type: "heldForReview", why: "Appeal", violation: null, reviewers: 1 }, rosa);
    expect(holdAfter([...voided, again])).toMatchObject({ by: rosa.actor, decisions: [], outcome: null });
    given([...voided, again])
      .when(decide("stands"), ruth, noon)
      .thenSee(([fact]) => expect(fact).toMatchObject({ settles: true }));
  });

  test("[A136] a score is to be used where nothing holds it and it was not voided, and it is kept in any case", () => {
    const stands = [...held(), decided(ruth, "stands", true)];
    const uses = [histories["handed-in"], held(), voided, stands].map((history) => isUsable(stateAfter(history)));
    expect(uses).toEqual([true, false, false, true]);
    const attempt = attemptAfter(voided);
    expect(attempt.status === "handed-in" && attempt.score).not.toBeNull();
  });

  test("a decision cannot follow on an outcome, nor where nothing is held", () => {
    const again = [...voided, decided(rosa, "stands", true)];
    expect(() => fold(eventsOf(again))).toThrow(ImpossibleEvent);
    expect(() => fold(eventsOf([...histories["handed-in"], decided(rosa, "stands", true)]))).toThrow(ImpossibleEvent);
  });
});

describe("the candidate", () => {
  function readsAfter(history: History) {
    const attempt = attemptAfter(history);
    return attempt.status === "unregistered" ? null : candidateView(attempt, two).review;
  }

  test("[A137] reads what is held and why, and the outcome with its reason", () => {
    expect(readsAfter(histories["handed-in"])).toBeNull();
    const why = "The developer tools were open.";
    expect(readsAfter(held())).toEqual({ state: "held", at: noon, why, reason: null });
    expect(readsAfter([...held(), decided(ruth, "stands", true, "It was the support desk")])).toEqual({
      state: "stands",
      at: noon,
      why,
      reason: "It was the support desk",
    });
  });

  test("[A137] reads neither who decided nor what one of two said", () => {
    const half = [...held(2), decided(ruth, "voided", false, "I saw a second screen")];
    expect(readsAfter(half)).toEqual(readsAfter(held(2)));
    const whole = [...half, decided(rosa, "voided", true, "A second screen is to be seen")];
    expect(readsAfter(whole)).toMatchObject({ state: "voided", reason: "A second screen is to be seen" });
    expect(JSON.stringify(readsAfter(whole))).not.toMatch(/Ruth|Rosa|I saw/);
  });
});
