import { type Accommodations, isAllowance } from "../exam/accommodation.ts";
import type { StaffCommand } from "./command.ts";
import { accept, type Decision, refuse } from "./decision.ts";
import type { Registered } from "./state.ts";

type Of<Type extends StaffCommand["type"]> = Extract<StaffCommand, { type: Type }>;

/**
 * [A100] What is arranged for a candidate replaces what was arranged before. Allowances are fixed once the paper is
 * open, for they are in its ledger; exceptions may change until the end.
 */
export function accommodate(attempt: Registered, { accommodations }: Of<"accommodate">): Decision {
  if (attempt.status === "handed-in" || attempt.status === "terminated") return refuse("handed-in");
  const wanted = tidy(accommodations);
  if (!wanted.allowances.every(isAllowance)) return refuse("bad-amount");
  if ([...wanted.allowances, ...wanted.exceptions].some(({ reason }) => reason === "")) return refuse("empty-text");
  const before = standingAccommodations(attempt);
  if (isSame(wanted, before)) return accept();
  const isFixed = attempt.status === "open" || attempt.status === "paused";
  if (isFixed && !isSame(wanted.allowances, before.allowances)) return refuse("already-open");
  return accept({ type: "accommodated", accommodations: wanted });
}

/** What is arranged for the candidate now. */
export function standingAccommodations({ file }: Registered): Accommodations {
  return tidy(file);
}

/** Fields in one order and nothing else, so that two can be compared. */
function tidy({ allowances, exceptions }: Accommodations): Accommodations {
  return {
    allowances: allowances.map((allowance) => {
      const reason = allowance.reason.trim();
      return allowance.kind === "minutes"
        ? { kind: allowance.kind, minutes: allowance.minutes, reason }
        : { kind: allowance.kind, factor: allowance.factor, reason };
    }),
    exceptions: exceptions.map(({ kind, reason }) => ({ kind, reason: reason.trim() })),
  };
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
