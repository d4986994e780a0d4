import { describe, expect, test } from "vitest";
import { type CandidateCommand, terminationCauses } from "#domain/attempt/command.ts";
import type { AttemptFact } from "#domain/attempt/event.ts";
import { nextWakeAt } from "#domain/attempt/tick.ts";
import { itemsOf } from "#domain/exam/exam-version.ts";
import { brand, type ItemId } from "#domain/exam/ids.ts";
import type { Response } from "#domain/exam/response.ts";
import { firstAid } from "#test/domain/exam/first-aid.ts";
import { at, attemptAfter, given, minutes, nine, seconds } from "./given.ts";
import { baseTime, depthId, histories, outOfTime, recoveryId, scoredWith } from "./histories.ts";
import { ada, lin, session } from "./people.ts";

const side: Response = { kind: "single-choice", option: "side" };
const back: Response = { kind: "single-choice", option: "back" };
const deadline = nine + minutes(30);
const grace = seconds(10);

function save(response: Response | null, agoMs = 0, itemId = recoveryId): CandidateCommand {
  return { type: "saveAnswer", itemId, response, agoMs };
}

function saved(response: Response | null, late = false): AttemptFact {
  return { type: "answerSaved", itemId: recoveryId, response, late };
}

function kept(madeAt: number, response: Response | null = side): AttemptFact {
  return { type: "answerKept", itemId: recoveryId, response, madeAt };
}

function answersAfter(...facts: readonly AttemptFact[]) {
  const attempt = attemptAfter([...histories.open, ...facts]);
  return "work" in attempt ? attempt.work.answers : null;
}

describe("open", () => {
  test("[A12] an answer in time is taken, up to the last millisecond", () => {
    given(histories.open)
      .when(save(side), ada, nine)
      .then([saved(side)]);
    given(histories.open)
      .when(save(side), ada, deadline - 1)
      .then([saved(side)]);
  });

  test("[A12] an answer to an item that is not in the exam is refused", () => {
    given(histories.open)
      .when(save(side, 0, brand<ItemId>("tourniquet")), ada, nine)
      .thenRefused("no-such-item");
  });

  test("[A12] an answer that does not fit its item is refused", () => {
    given(histories.open)
      .when(save({ kind: "number", text: "5" }), ada, nine)
      .thenRefused("response-does-not-fit");
    given(histories.open)
      .when(save({ kind: "single-choice", option: "prone" }), ada, nine)
      .thenRefused("response-does-not-fit");
  });

  test("[A12] the last answer counts, and none takes it away", () => {
    expect(answersAfter(saved(back), saved(side))).toMatchObject({ recovery: { response: side } });
    given(histories.open)
      .when(save(null), ada, nine)
      .then([saved(null)]);
    expect(answersAfter(saved(side), saved(null))).toMatchObject({ recovery: { response: null } });
  });

  test("[A13] a flag is set and taken away, and twice changes nothing", () => {
    const flag = (flagged: boolean): CandidateCommand => ({ type: "flagItem", itemId: recoveryId, flagged });
    const flagged: AttemptFact = { type: "itemFlagged", itemId: recoveryId, flagged: true };
    given(histories.open).when(flag(true), ada, nine).then([flagged]);
    given(histories.open).when(flag(false), ada, nine).thenNothing();
    given([...histories.open, flagged])
      .when(flag(true), ada, nine)
      .thenNothing();
    given([...histories.open, flagged])
      .when(flag(false), ada, nine)
      .then([{ ...flagged, flagged: false }]);
    const twice = attemptAfter([...histories.open, flagged, { ...flagged, itemId: depthId }]);
    expect(twice).toMatchObject({ work: { flagged: ["recovery", "depth"] } });
  });

  test("[A14] the last visited item is kept, and visiting it again changes nothing", () => {
    const visit = (itemId: ItemId): CandidateCommand => ({ type: "visitItem", itemId });
    const visited: AttemptFact = { type: "itemVisited", itemId: recoveryId };
    given(histories.open).when(visit(recoveryId), ada, nine).then([visited]);
    given([...histories.open, visited])
      .when(visit(recoveryId), ada, nine)
      .thenNothing();
    given([...histories.open, visited])
      .when(visit(depthId), ada, nine)
      .then([{ type: "itemVisited", itemId: depthId }]);
    given(histories.open)
      .when(visit(brand<ItemId>("tourniquet")), ada, nine)
      .thenRefused("no-such-item");
    expect(attemptAfter([...histories.open, visited])).toMatchObject({ work: { position: "recovery" } });
  });

  test("[A20] from the deadline on, work is too late, even before anybody has heard the alarm", () => {
    const open = given(histories.open);
    open.when(save(side), ada, deadline).thenRefused("too-late");
    open.when({ type: "flagItem", itemId: recoveryId, flagged: true }, ada, deadline).thenRefused("too-late");
    open.when({ type: "visitItem", itemId: recoveryId }, ada, deadline).thenRefused("too-late");
    open.when({ type: "handIn" }, ada, deadline).thenRefused("too-late");
  });

  test("[A23] handing in ends the attempt and scores what was saved", () => {
    given([...histories.open, saved(side)])
      .when({ type: "handIn" }, ada, nine + minutes(9))
      .then([{ type: "handedIn", cause: "candidate" }, scoredWith([recoveryId, side])]);
  });

  test("[A26] an answer that was taken away earns nothing", () => {
    given([...histories.open, saved(side), saved(null)])
      .when({ type: "handIn" }, ada, nine)
      .then([{ type: "handedIn", cause: "candidate" }, scoredWith()]);
  });

  test("[A34] a proctor ends the attempt with a reason, and what was saved is scored", () => {
    given([...histories.open, saved(side)])
      .when({ type: "terminate", reason: " Left the room" }, lin, nine)
      .then([{ type: "terminated", reason: "Left the room" }, scoredWith([recoveryId, side])]);
    given(histories.open).when({ type: "terminate", reason: "" }, lin, nine).thenRefused("empty-text");
  });

  test.each(terminationCauses)("[A38] an end says of which kind its cause is: %s", (cause) => {
    given(histories.open)
      .when({ type: "terminate", cause, reason: "The power went" }, lin, nine)
      .then([{ type: "terminated", cause, reason: "The power went" }, scoredWith()]);
    given([...histories.open, { type: "terminated", cause, reason: "The power went" }])
      .when({ type: "terminate", cause: "technical", reason: "Again" }, lin, nine)
      .then([]);
  });
});

describe("paused", () => {
  test("[A22] no work is taken, not even hand-in", () => {
    const paused = given(histories.paused);
    paused.when(save(side), ada, nine + minutes(6)).thenRefused("paused");
    paused.when(save(side, minutes(2)), ada, nine + minutes(6)).thenRefused("paused");
    paused.when({ type: "handIn" }, ada, nine + minutes(6)).thenRefused("paused");
  });
});

describe("out of time", () => {
  const madeInTime = grace + 1;

  test.each([{ history: histories.open }, { history: outOfTime }])(
    "[A21] an answer made in time and delivered in the grace is taken and marked late",
    ({ history }) => {
      given(history)
        .when(save(side, 1), ada, deadline)
        .then([saved(side, true)]);
      given(history)
        .when(save(side, madeInTime), ada, deadline + grace - 1)
        .then([saved(side, true)]);
    },
  );

  test("[A21] an answer made at the deadline or after it is refused, however soon it comes", () => {
    given(outOfTime).when(save(side, 0), ada, deadline).thenRefused("handed-in");
    given(outOfTime)
      .when(save(side, seconds(3)), ada, deadline + seconds(3))
      .thenRefused("handed-in");
  });

  test("[A21] an answer delivered when the grace is over is not taken, whenever it was made", () => {
    given(outOfTime)
      .when(save(side, minutes(20)), ada, deadline + grace)
      .then([kept(deadline + grace - minutes(20))]);
    given(histories.open)
      .when(save(side, minutes(20)), ada, deadline + grace)
      .thenRefused("too-late");
  });

  test("[A21] a late answer must fit its item like any other", () => {
    given(outOfTime)
      .when(save({ kind: "single-choice", option: "prone" }, seconds(3)), ada, deadline + seconds(2))
      .thenRefused("response-does-not-fit");
  });

  test("[A21] only answers are taken late", () => {
    given(outOfTime)
      .when({ type: "flagItem", itemId: recoveryId, flagged: true }, ada, deadline + 1)
      .thenRefused("handed-in");
  });

  test("[A21] once the attempt is scored, the grace is over", () => {
    given([...outOfTime, at(deadline + seconds(1), scoredWith())])
      .when(save(side, seconds(3)), ada, deadline + seconds(2))
      .then([kept(deadline - seconds(1))]);
  });

  test("[A26] a late answer is in the score", () => {
    given([...outOfTime, at(deadline + seconds(2), saved(side, true), ada)])
      .when({ type: "tick" }, session, deadline + grace)
      .then([scoredWith([recoveryId, side])]);
  });
});

describe("over and scored", () => {
  const deadlinePassed = [...outOfTime, at(deadline + grace, scoredWith())];
  const ended = nine + minutes(5);
  const returned = deadline + minutes(3);

  test("[A29] an answer that was made before the deadline is kept when the grace is over, and changes no score", () => {
    const late = given(deadlinePassed);
    late.when(save(side, minutes(4)), ada, returned).then([kept(deadline - minutes(1))]);
    late.when(save(null, minutes(3) + 1), ada, returned).then([kept(deadline - 1, null)]);
    const after = attemptAfter([...deadlinePassed, at(returned, kept(deadline - 1), ada)]);
    expect(after).toMatchObject({
      score: { points: 0 },
      work: { answers: {}, kept: [{ itemId: "recovery", response: side, madeAt: deadline - 1 }] },
    });
    expect(nextWakeAt(after, firstAid)).toBeNull();
  });

  test("[A29] extra time moves the end before which an answer is evidence", () => {
    const entry = { ...baseTime.entry, kind: "extra", ms: minutes(5) } as const;
    const longer = [...histories.open, { type: "timeGiven", entry } as const];
    const over = [...longer, at(deadline + minutes(5), { type: "handedIn", cause: "deadline" } as const), scoredWith()];
    given(over)
      .when(save(side, minutes(6)), ada, deadline + minutes(10))
      .then([kept(deadline + minutes(4))]);
  });

  test("[A29] an answer that was made before a proctor ended the attempt is kept, however soon it comes", () => {
    const terminated = given(histories.terminated);
    terminated.when(save(side, 2), ada, ended + 1).then([kept(ended - 1)]);
    terminated.when(save(side, 1), ada, ended + 1).thenRefused("handed-in");
  });

  test("[A29] what is kept is dated in whole milliseconds, and never before the paper was opened", () => {
    given(deadlinePassed)
      .when(save(side, minutes(500)), ada, returned)
      .then([kept(nine)]);
    given(deadlinePassed)
      .when(save(side, minutes(4) + 0.25), ada, returned)
      .then([kept(deadline - minutes(1) - 1)]);
  });

  test("[A29] a kept answer must fit its item like any other", () => {
    given(deadlinePassed)
      .when(save({ kind: "single-choice", option: "prone" }, minutes(4)), ada, returned)
      .thenRefused("response-does-not-fit");
    given(deadlinePassed)
      .when(save(side, minutes(4), brand<ItemId>("tourniquet")), ada, returned)
      .thenRefused("handed-in");
  });

  test("[A36] an answer that was made after the end is refused", () => {
    given(deadlinePassed)
      .when(save(side, minutes(3)), ada, returned)
      .thenRefused("handed-in");
    given(deadlinePassed).when(save(side), ada, returned).thenRefused("handed-in");
  });

  test("[A36] twice as many answers are kept as the paper has items, and the next is too late", () => {
    const items = itemsOf(firstAid).length;
    const full = Array.from({ length: 2 * items }, () => at(returned, kept(deadline - 1), ada));
    given([...deadlinePassed, ...full.slice(1)])
      .when(save(side, minutes(4)), ada, returned)
      .then([kept(deadline - minutes(1))]);
    given([...deadlinePassed, ...full])
      .when(save(side, minutes(4)), ada, returned)
      .thenRefused("too-late");
  });
});

describe("handed in on purpose", () => {
  test("[A36] no answer is kept, however early it was made", () => {
    given(histories["handed-in"])
      .when(save(side, minutes(8)), ada, nine + minutes(9))
      .thenRefused("handed-in");
  });

  test("[A21] no later answer is taken", () => {
    given(histories["handed-in"])
      .when(save(side, minutes(1)), ada, nine + minutes(5) + 1)
      .thenRefused("handed-in");
  });

  test("[A23] handing in again changes nothing", () => {
    given(histories["handed-in"])
      .when({ type: "handIn" }, ada, nine + minutes(6))
      .thenNothing();
  });
});
