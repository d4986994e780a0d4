import type { ProctorCommand } from "./command.ts";
import { clockGoesOn, timeGivenBack } from "./break.ts";
import { deadlineOf, leastLeftMs, longestGrantMs } from "./deadline.ts";
import { accept, type Context, type Decision, refuse } from "./decision.ts";
import type { Registered } from "./state.ts";
import { scored } from "./working.ts";

type Of<Type extends ProctorCommand["type"]> = Extract<ProctorCommand, { type: Type }>;

function isOver(attempt: Registered): boolean {
  return attempt.status === "handed-in" || attempt.status === "terminated";
}

/** [A6] A proctor admits a candidate who waits, or one who was denied. */
export function admit(attempt: Registered): Decision {
  if (attempt.status === "admitted") return accept();
  if (attempt.status !== "waiting" && attempt.status !== "denied") return refuse("wrong-status");
  return accept({ type: "admitted" });
}

/** [A7] A denial has a reason that the candidate reads. */
export function deny(attempt: Registered, { reason }: Of<"deny">): Decision {
  if (attempt.status !== "waiting" && attempt.status !== "admitted") return refuse("wrong-status");
  return reason.trim() === "" ? refuse("empty-text") : accept({ type: "denied", reason: reason.trim() });
}

/** [A31] A pause stops the clock and has a reason. It takes the place of a break [A110]. */
export function pause(attempt: Registered, { reason }: Of<"pause">, { now, actor }: Context): Decision {
  const isBreak = attempt.status === "paused" && attempt.breakUntil !== null;
  if (attempt.status === "paused" && !isBreak) return accept();
  if (attempt.status !== "open" && attempt.status !== "paused") {
    return refuse(isOver(attempt) ? "handed-in" : "wrong-status");
  }
  if (reason.trim() === "") return refuse("empty-text");
  const before = attempt.status === "paused" ? clockGoesOn(attempt, now, actor) : [];
  return accept(...before, { type: "paused", reason: reason.trim() });
}

/** [A32] Resuming gives the paused time back, to the millisecond. */
export function resume(attempt: Registered, { now, actor }: Context): Decision {
  if (attempt.status === "open") return accept();
  if (attempt.status !== "paused") return refuse(isOver(attempt) ? "handed-in" : "wrong-status");
  return accept(...clockGoesOn(attempt, now, actor));
}

/** [A33] Extra time is whole milliseconds above zero, at most four hours in one grant, with a reason. */
export function addTime(attempt: Registered, { ms, reason }: Of<"addTime">, { now, actor }: Context): Decision {
  if (attempt.status !== "open" && attempt.status !== "paused") {
    return refuse(isOver(attempt) ? "handed-in" : "wrong-status");
  }
  if (!Number.isInteger(ms) || ms <= 0 || ms > longestGrantMs) return refuse("bad-amount");
  if (reason.trim() === "") return refuse("empty-text");
  return accept({
    type: "timeGiven",
    entry: { kind: "extra", ms, at: now, by: actor, reason: reason.trim() },
  });
}

/**
 * [A104] Time that was given is taken back by a named person only: a line of extra time, once, with a reason, and never
 * so that less than a minute is left.
 */
export function withdrawTime(attempt: Registered, command: Of<"withdrawTime">, { now, actor }: Context): Decision {
  if (attempt.status !== "open" && attempt.status !== "paused") {
    return refuse(isOver(attempt) ? "handed-in" : "wrong-status");
  }
  const { openedAt, ledger } = attempt.work;
  const { entry: place } = command;
  const given = ledger[place];
  if (given?.kind !== "extra") return refuse("no-such-entry");
  if (ledger.some(({ withdraws }) => withdraws === place)) return accept();
  const reason = command.reason.trim();
  if (reason === "") return refuse("empty-text");
  const clock = attempt.status === "paused" ? attempt.pausedAt : now;
  if (deadlineOf(openedAt, ledger) - given.ms - clock < leastLeftMs) return refuse("bad-amount");
  const entry = { kind: "withdrawn", ms: -given.ms, at: now, by: actor, reason, withdraws: place } as const;
  return accept({ type: "timeGiven", entry });
}

/** [A34] [A38] A proctor ends an attempt with a reason; what was saved is scored as it stands, and a pause is given back. */
export function terminate(attempt: Registered, { cause, reason }: Of<"terminate">, context: Context): Decision {
  if (attempt.status === "terminated") return accept();
  if (attempt.status !== "open" && attempt.status !== "paused") {
    return refuse(isOver(attempt) ? "handed-in" : "wrong-status");
  }
  if (reason.trim() === "") return refuse("empty-text");
  const givenBack = attempt.status === "paused" ? [timeGivenBack(attempt, context.now, context.actor)] : [];
  const ended = { type: "terminated", ...(cause === undefined ? {} : { cause }), reason: reason.trim() } as const;
  return accept(...givenBack, ended, scored(attempt.work, context));
}
