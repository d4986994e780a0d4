import type { Actor } from "#domain/attempt/actor.ts";
import { system } from "#domain/attempt/actor.ts";
import type { Command } from "#domain/attempt/command.ts";
import { decide } from "#domain/attempt/decide.ts";
import type { Context } from "#domain/attempt/decision.ts";
import type { AttemptEvent, AttemptFact } from "#domain/attempt/event.ts";
import { evolve } from "#domain/attempt/evolve.ts";
import { stamp } from "#domain/attempt/stamp.ts";
import type { Attempt } from "#domain/attempt/state.ts";
import type { Frontier } from "#domain/evidence/merkle.ts";
import type { AttemptId } from "#domain/exam/ids.ts";
import type { Outcome } from "#protocol/session/down.ts";
import { type Appended, type EventLog, type Loaded, nothingLoaded, type Positioned } from "./event-log.ts";
import { type Asked, authorOf, type Outcomes, wordOf } from "./outcomes.ts";
import type { Outbox } from "./outbox.ts";
import type { SegmentIndex } from "./segment-index.ts";

/** One command and who gives it. `commandId` is null where nobody resends: the session's own commands. */
export type Order = {
  readonly attemptId: AttemptId;
  readonly commandId: string | null;
  readonly command: Command;
  readonly actor: Actor;
  readonly browser: string | null;
  readonly page: string | null;
};

/** An order of the session itself. */
export function asSystem(attemptId: AttemptId, command: Command): Order {
  return { attemptId, commandId: null, command, actor: system, browser: null, page: null };
}

/** What a turn did: the outcome of each order in its order, what was appended, and the attempts as they are now. */
export type TurnResult = {
  readonly outcomes: readonly Outcome[];
  readonly appended: readonly Positioned[];
  readonly changed: ReadonlyMap<AttemptId, Loaded>;
};

export type TurnStores = {
  readonly storage: DurableObjectStorage;
  readonly log: EventLog;
  readonly outcomes: Outcomes;
  readonly segments: SegmentIndex;
  readonly outbox: Outbox;
  /** Attempts that nothing may be added to: what their logs say is not known, or was erased. */
  readonly setAside: Pick<ReadonlySet<AttemptId>, "has">;
};

type Working = { attempt: Attempt; frontier: Frontier; readonly snapshotSeq: number };

/**
 * Decides a turn's orders one after the other and commits what they change in one transaction, whatever their number.
 * Nothing in memory changes here: the caller takes over `changed` after the commit. Throws when the transaction could
 * not be made; then nothing has happened.
 */
export function runTurn(
  stores: TurnStores,
  attempts: ReadonlyMap<AttemptId, Loaded>,
  orders: readonly Order[],
  contextOf: (by: Pick<Order, "actor" | "browser" | "page">) => Context,
): TurnResult {
  const working = new Map<AttemptId, Working>();
  const appended: Appended[] = [];
  const answered: (Asked & { readonly outcome: Outcome })[] = [];

  function workingOn(attemptId: AttemptId): Working {
    const known = working.get(attemptId) ?? { ...(attempts.get(attemptId) ?? nothingLoaded) };
    working.set(attemptId, known);
    return known;
  }

  function record(attemptId: AttemptId, facts: readonly AttemptFact[], context: Context): void {
    const at = workingOn(attemptId);
    for (const event of stamp(at.attempt, facts, context)) {
      const { text, frontier } = stores.log.append(event, at.frontier);
      at.attempt = evolve(at.attempt, event);
      at.frontier = frontier;
      alongside(stores, attemptId, event);
      appended.push({ attemptId, event, text });
    }
  }

  function carryOut(order: Order, earlier: Map<string, Outcome>): Outcome {
    const { attemptId, command } = order;
    if (stores.setAside.has(attemptId)) return { accepted: false, refusal: "set-aside" };
    // The deadline and every sustained signal are in force before the command is looked at, however late the alarm is.
    const clock = contextOf(asSystem(attemptId, command));
    const passed = decide(workingOn(attemptId).attempt, { type: "tick" }, clock);
    if (passed.accepted) record(attemptId, passed.facts, clock);

    const [asked] = askedOf(order);
    const known = asked === undefined ? undefined : earlier.get(wordOf(asked));
    if (known !== undefined) return known;
    const context = contextOf(order);
    const decision = decide(workingOn(attemptId).attempt, command, context);
    if (decision.accepted) record(attemptId, decision.facts, context);
    const outcome: Outcome = decision.accepted
      ? { accepted: true, seq: workingOn(attemptId).attempt.seq }
      : { accepted: false, refusal: decision.refusal };
    if (asked !== undefined && isLasting(outcome)) {
      // It may come twice in one turn, from a line that broke and the one that followed.
      earlier.set(wordOf(asked), outcome);
      answered.push({ ...asked, outcome });
    }
    return outcome;
  }

  return stores.storage.transactionSync(() => {
    const earlier = stores.outcomes.findAll(orders.flatMap(askedOf));
    const outcomes = orders.map((order) => carryOut(order, earlier));
    const positioned = stores.log.write(appended);
    stores.outcomes.keepAll(answered);
    const changed = new Map<AttemptId, Loaded>();
    for (const [attemptId, { attempt, frontier, snapshotSeq }] of working) {
      if (attempt === (attempts.get(attemptId) ?? nothingLoaded).attempt) continue;
      changed.set(attemptId, stores.log.keep(attemptId, attempt, frontier, snapshotSeq));
    }
    return { outcomes, appended: positioned, changed };
  });
}

function askedOf({ attemptId, commandId, actor }: Order): readonly Asked[] {
  return commandId === null ? [] : [{ attemptId, author: authorOf(actor), commandId }];
}

/** [A129] What a page may not write now is its to write later: the same command may come again. */
function isLasting(outcome: Outcome): boolean {
  return outcome.accepted || (outcome.refusal !== "not-the-writer" && outcome.refusal !== "check-first");
}

/** What is written beside the log with the same commit. */
function alongside({ segments, outbox }: TurnStores, attemptId: AttemptId, event: AttemptEvent): void {
  const { fact } = event;
  if (fact.type === "segmentStored") segments.keep(attemptId, fact.segment);
  outbox.put({ attemptId, ...event });
}
