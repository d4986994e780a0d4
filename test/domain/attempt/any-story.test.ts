import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Command, recordedTracks } from "#domain/attempt/command.ts";
import { deadlineOf, graceMs } from "#domain/attempt/deadline.ts";
import { decide } from "#domain/attempt/decide.ts";
import type { AttemptEvent } from "#domain/attempt/event.ts";
import { evolve, fold } from "#domain/attempt/evolve.ts";
import { stamp } from "#domain/attempt/stamp.ts";
import type { Attempt, AttemptStatus } from "#domain/attempt/state.ts";
import { nextWakeAt } from "#domain/attempt/tick.ts";
import { candidateView, isSameToCandidate, isSameToProctor, proctorView } from "#domain/attempt/view.ts";
import { lastingSignalKinds, momentarySignalKinds, type EpochMs } from "#domain/integrity/signal.ts";
import { itemsOf } from "#domain/exam/exam-version.ts";
import { firstAid } from "#test/domain/exam/first-aid.ts";
import { candidateCommands, proctorCommands, staffCommands, systemCommands } from "./every-command.ts";
import { attemptAfter, contextOf, minutes, nine, seconds } from "./given.ts";
import { depthId, histories, recoveryId } from "./histories.ts";
import { ada, lin, mallory, type Person, session } from "./people.ts";

/** Somebody commands something, `afterMs` after the one before. */
type Move = { readonly by: Person; readonly command: Command; readonly afterMs: number };

const agoMs = fc.oneof(fc.nat(20_000), fc.constantFrom(0, 1, 9_999, 10_000, 0.25));
const lasting = fc.constantFrom(...lastingSignalKinds);
const detail = fc.record(
  { count: fc.option(fc.nat(9)), confidence: fc.option(fc.nat(100).map((percent) => percent / 100)) },
  { noNullPrototype: true },
);
const afterMs = fc.oneof(
  { weight: 3, arbitrary: fc.nat(seconds(20)) },
  { weight: 2, arbitrary: fc.nat(minutes(6)) },
  { weight: 1, arbitrary: fc.constantFrom(0, 1, minutes(30)) },
);

const answers = fc.record({
  type: fc.constant("saveAnswer" as const),
  itemId: fc.constantFrom(recoveryId, depthId),
  response: fc.constantFrom(
    null,
    { kind: "single-choice", option: "side" } as const,
    {
      kind: "number",
      text: "5",
    } as const,
  ),
  agoMs,
});

const candidateMoves: fc.Arbitrary<Command> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom<Command>(...Object.values(candidateCommands)) },
  { weight: 3, arbitrary: answers },
  fc.record({ type: fc.constant("beginSignal" as const), kind: lasting, detail, agoMs }),
  fc.record({ type: fc.constant("endSignal" as const), kind: lasting, agoMs }),
  fc.record({
    type: fc.constant("reportMoment" as const),
    kind: fc.constantFrom(...momentarySignalKinds),
    detail,
    agoMs,
  }),
  fc.record({ type: fc.constant("acknowledgeWarning" as const), warning: fc.integer({ min: 1, max: 40 }) }),
);

const proctorMoves: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom<Command>(...Object.values(proctorCommands), ...Object.values(staffCommands)),
  },
  fc.record({
    type: fc.constant("addTime" as const),
    ms: fc.integer({ min: -1, max: minutes(30) }),
    reason: fc.constantFrom("Network", " "),
  }),
);

const sessionMoves: fc.Arbitrary<Command> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom<Command>(...Object.values(systemCommands)) },
  fc.constantFrom(...recordedTracks).map((track): Command => ({
    ...systemCommands.storeSegment,
    segment: { ...systemCommands.storeSegment.segment, track },
  })),
);

const move: fc.Arbitrary<Move> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ by: fc.constant(ada), command: candidateMoves, afterMs }) },
  { weight: 3, arbitrary: fc.record({ by: fc.constant(lin), command: proctorMoves, afterMs }) },
  { weight: 2, arbitrary: fc.record({ by: fc.constant(session), command: sessionMoves, afterMs }) },
  { weight: 1, arbitrary: fc.record({ by: fc.constant(mallory), command: candidateMoves, afterMs }) },
);

type Story = {
  readonly from: AttemptStatus;
  readonly startsAt: EpochMs;
  readonly moves: readonly Move[];
  readonly timeFirst: boolean;
};

/** From nobody, or from the open paper: from the start alone, chance seldom gets as far as an answer. */
const story: fc.Arbitrary<Story> = fc.record({
  from: fc.constantFrom<AttemptStatus[]>("unregistered", "open", "open", "admitted", "paused"),
  startsAt: fc.constantFrom(nine + minutes(5), nine + minutes(30) - seconds(1)),
  moves: fc.array(move, { maxLength: 40, size: "max" }),
  timeFirst: fc.boolean(),
});

const tick: Command = { type: "tick" };

type Told = {
  readonly start: Attempt;
  readonly attempt: Attempt;
  readonly events: readonly AttemptEvent[];
  readonly now: EpochMs;
};

/** Plays a story, with or without the tick that a session puts before each command [A27], and looks in after each. */
function tell({ from, startsAt, moves, timeFirst }: Story, look?: (told: Told) => void): Told {
  const start = attemptAfter(histories[from]);
  let told: Told = { start, attempt: start, events: [], now: startsAt };
  function carryOut(command: Command, by: Person, now: EpochMs): void {
    const context = contextOf(by, now);
    const decision = decide(told.attempt, command, context);
    const added = decision.accepted ? stamp(told.attempt, decision.facts, context) : [];
    let { attempt } = told;
    for (const event of added) attempt = evolve(attempt, event);
    told = { start, attempt, events: [...told.events, ...added], now };
  }
  for (const { by, command, afterMs: wait } of moves) {
    const now = told.now + wait;
    if (timeFirst) carryOut(tick, session, now);
    carryOut(command, by, now);
    look?.(told);
  }
  return told;
}

describe("any story whatever", () => {
  test("[A81] the log adds up to the state that was reached, from the start and from any cut", () => {
    fc.assert(
      fc.property(story, fc.nat(100), (one, percent) => {
        const { start, attempt, events } = tell(one);
        expect(fold(events, start)).toEqual(attempt);
        const cut = Math.floor((events.length * percent) / 100);
        expect(fold(events.slice(cut), fold(events.slice(0, cut), start))).toEqual(attempt);
      }),
    );
  });

  test("[A80] the numbers of the log have no gaps", () => {
    fc.assert(
      fc.property(story, (one) => {
        const { start, attempt, events } = tell(one);
        expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => start.seq + 1 + index));
        expect(attempt.seq).toBe(start.seq + events.length);
      }),
    );
  });

  test("[A82] a way through JSON changes neither state nor events", () => {
    fc.assert(
      fc.property(story, (one) => {
        const { attempt, events } = tell(one);
        expect(JSON.parse(JSON.stringify(attempt))).toStrictEqual(attempt);
        expect(JSON.parse(JSON.stringify(events))).toStrictEqual(events);
      }),
    );
  });

  test("[A30] the deadline is the opening plus all the time that the log gave, and it only ever moves back", () => {
    fc.assert(
      fc.property(story, (one) => {
        const { start, attempt, events } = tell(one);
        if (!("work" in attempt)) return;
        const openedAt = "work" in start ? start.work.openedAt : events.find(isOpening)?.at;
        const before = "work" in start ? start.work.ledger : [];
        const given = events.flatMap(({ fact }) => (fact.type === "timeGiven" ? [fact.entry.ms] : []));
        const sum = [...before.map(({ ms }) => ms), ...given].reduce((total, ms) => total + ms, 0);
        expect(deadlineOf(attempt.work.openedAt, attempt.work.ledger)).toBe((openedAt ?? 0) + sum);
        expect(given.filter((ms) => ms < 0)).toEqual([]);
      }),
    );
  });

  test("[A20] no answer is stored after the deadline and its grace, and after the deadline only a late one", () => {
    let [inTime, late] = [0, 0];
    fc.assert(
      fc.property(story, (one) => {
        const { start, events } = tell(one);
        let attempt = start;
        for (const event of events) {
          attempt = evolve(attempt, event);
          if (event.fact.type !== "answerSaved" || !("work" in attempt)) continue;
          const deadline = deadlineOf(attempt.work.openedAt, attempt.work.ledger);
          expect(event.at).toBeLessThan(event.fact.late ? deadline + graceMs : deadline);
          if (event.fact.late) expect(event.at).toBeGreaterThanOrEqual(deadline);
          if (event.fact.late) late++;
          else inTime++;
        }
      }),
      { numRuns: 400, seed: 20_260_901 },
    );
    expect(inTime, "stories have answers").toBeGreaterThan(50);
    expect(late, "stories have late answers").toBeGreaterThan(0);
  });

  test("[A29] what is kept was made before the end, arrived after it, and changes neither answers nor score", () => {
    let found = 0;
    fc.assert(
      fc.property(story, (one) => {
        const { start, events } = tell(one);
        let attempt = start;
        for (const event of events) {
          const before = attempt;
          attempt = evolve(attempt, event);
          if (event.fact.type !== "answerKept" || !("work" in before) || !("work" in attempt)) continue;
          found++;
          expect(event.fact.madeAt).toBeLessThan(event.at);
          expect(event.fact.madeAt).toBeGreaterThanOrEqual(before.work.openedAt);
          expect({ ...attempt, seq: 0, work: { ...attempt.work, kept: [] } }).toEqual({
            ...before,
            seq: 0,
            work: { ...before.work, kept: [] },
          });
        }
        if ("work" in attempt) expect(attempt.work.kept.length).toBeLessThanOrEqual(2 * itemsOf(firstAid).length);
      }),
      { numRuns: 400, seed: 20_260_901 },
    );
    expect(found, "stories have kept answers").toBeGreaterThan(0);
  });

  test("[A28] time that did its work has nothing more to do at that moment, and [A25] what it waits for lies ahead", () => {
    fc.assert(
      fc.property(story, (one) => {
        tell(one, ({ attempt: before, now }) => {
          if (before.status === "unregistered") return;
          const context = contextOf(session, now);
          const first = decide(before, tick, context);
          if (!first.accepted) throw new Error("a tick is never refused");
          const after = fold(stamp(before, first.facts, context), before);
          expect(decide(after, tick, context)).toEqual({ accepted: true, facts: [] });
          expect(nextWakeAt(after, firstAid) ?? Number.POSITIVE_INFINITY).toBeGreaterThan(now);
        });
      }),
    );
  });

  test("[A25] until the next wake, time alone changes nothing", () => {
    fc.assert(
      fc.property(story, fc.nat(999), (one, permille) => {
        const { attempt, now } = tell({ ...one, moves: [...one.moves, { by: session, command: tick, afterMs: 0 }] });
        if (attempt.status === "unregistered") return;
        const wakeAt = nextWakeAt(attempt, firstAid) ?? now + minutes(60);
        const between = now + Math.floor(((wakeAt - now) * permille) / 1000);
        const idle = decide(attempt, tick, contextOf(session, between));
        expect(idle).toEqual({ accepted: true, facts: [] });
        if (nextWakeAt(attempt, firstAid) === null) return;
        const work = decide(attempt, tick, contextOf(session, wakeAt));
        expect(work.accepted && work.facts.length).toBeGreaterThan(0);
      }),
    );
  });

  test("[A5] nobody in another browser ever changes an attempt that was consented to", () => {
    fc.assert(
      fc.property(story, candidateMoves, (one, command) => {
        const { attempt, now } = tell(one);
        // Where mallory's browser was the one that consented, ada's is the other one.
        if (!("consent" in attempt)) return;
        const other = attempt.consent.browser === mallory.browser ? ada : mallory;
        expect(decide(attempt, command, contextOf(other, now))).toEqual({
          accepted: false,
          refusal: "another-browser",
        });
      }),
    );
  });

  test("[A94] what is said to be the same without making the views is the same", () => {
    let found = 0;
    fc.assert(
      fc.property(story, (one) => {
        const { start, events } = tell(one);
        let before = start;
        for (const event of events) {
          const after = evolve(before, event);
          if (before.status !== "unregistered" && after.status !== "unregistered") {
            if (isSameToCandidate(before, after)) {
              found++;
              expect({ ...candidateView(after, firstAid), answers: {} }).toEqual({
                ...candidateView(before, firstAid),
                answers: {},
              });
            }
            if (isSameToProctor(before, after)) {
              expect(proctorView(after, firstAid)).toEqual(proctorView(before, firstAid));
            }
          }
          before = after;
        }
      }),
      { numRuns: 400 },
    );
    expect(found, "stories have answers that change nothing else").toBeGreaterThan(20);
  });

  test("[A23] what is over stays over, and is scored once", () => {
    fc.assert(
      fc.property(story, (one) => {
        const { events } = tell(one);
        const endings = events.filter(({ fact }) => fact.type === "handedIn" || fact.type === "terminated");
        const scores = events.filter(({ fact }) => fact.type === "scored");
        expect(endings.length).toBeLessThanOrEqual(1);
        expect(scores.length).toBeLessThanOrEqual(endings.length);
      }),
    );
  });
});

function isOpening({ fact }: AttemptEvent): boolean {
  return fact.type === "paperOpened";
}
