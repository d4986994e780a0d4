import { expect } from "vitest";
import type { Command } from "#domain/attempt/command.ts";
import { decide } from "#domain/attempt/decide.ts";
import type { Context, Refusal } from "#domain/attempt/decision.ts";
import type { AttemptEvent, AttemptFact } from "#domain/attempt/event.ts";
import { fold } from "#domain/attempt/evolve.ts";
import { stamp } from "#domain/attempt/stamp.ts";
import type { Attempt } from "#domain/attempt/state.ts";
import type { ExamVersion } from "#domain/exam/exam-version.ts";
import type { EpochMs } from "#domain/integrity/signal.ts";
import { firstAid } from "#test/domain/exam/first-aid.ts";
import { type Person, session } from "./people.ts";

/** When the paper opens in these stories. It lasts 30 minutes. */
export const nine: EpochMs = Date.UTC(2026, 8, 1, 9);

export function seconds(count: number): number {
  return count * 1000;
}

export function minutes(count: number): number {
  return count * 60_000;
}

export const consentSha256 = "c".repeat(64);

export const window = { opensAt: nine - minutes(5), closesAt: nine + minutes(60) };

export function contextOf({ actor, browser, page }: Person, now: EpochMs, exam: ExamVersion = firstAid): Context {
  return { now, actor, browser, page: page ?? null, exam, ...window, consentSha256 };
}

/** A fact of a story with its time and author. A bare fact happened at nine, and the session wrote it. */
export type Happening = { readonly fact: AttemptFact; readonly at: EpochMs; readonly by: Person };

export function at(time: EpochMs, fact: AttemptFact, by: Person = session): Happening {
  return { fact, at: time, by };
}

export type History = readonly (AttemptFact | Happening)[];

export function eventsOf(history: History): readonly AttemptEvent[] {
  return history.map((each, index) => {
    const { fact, at: time, by } = "fact" in each ? each : at(nine, each);
    return { seq: index + 1, at: time, by: by.actor, fact };
  });
}

export function attemptAfter(history: History): Attempt {
  return fold(eventsOf(history));
}

/** `given(history).when(command, by, at).then(facts)`: the law as a story. */
export function given(history: History, exam: ExamVersion = firstAid) {
  const attempt = attemptAfter(history);
  return {
    when(command: Command, by: Person, now: EpochMs) {
      const context = contextOf(by, now, exam);
      const decision = decide(attempt, command, context);
      return {
        decision,
        // oxlint-disable-next-line unicorn/no-thenable -- the word of the story; nobody awaits one
        then(facts: readonly AttemptFact[]): void {
          expect(decision).toEqual({ accepted: true, facts });
          // What was decided can also happen.
          expect(fold(stamp(attempt, facts, context), attempt).seq).toBe(attempt.seq + facts.length);
        },
        /** For what is not the story's point in full. */
        thenSee(look: (facts: readonly AttemptFact[]) => void): void {
          if (!decision.accepted) throw new Error(`refused: ${decision.refusal}`);
          look(decision.facts);
          fold(stamp(attempt, decision.facts, context), attempt);
        },
        thenNothing(): void {
          expect(decision).toEqual({ accepted: true, facts: [] });
        },
        thenRefused(refusal: Refusal): void {
          expect(decision).toEqual({ accepted: false, refusal });
        },
      };
    },
  };
}
