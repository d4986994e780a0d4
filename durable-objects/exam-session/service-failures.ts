import type { Attempt } from "#domain/attempt/state.ts";
import { nextWakeAt } from "#domain/attempt/tick.ts";
import type { ExamVersion } from "#domain/exam/exam-version.ts";
import type { AttemptId } from "#domain/exam/ids.ts";
import { isEndNotStored, type ServiceFailure } from "#domain/ledger/refund.ts";
import type { Loaded } from "./event-log.ts";

type Parts = {
  readonly attempts: ReadonlyMap<AttemptId, Loaded>;
  readonly setAside: { has(attemptId: AttemptId): boolean };
  readonly erased: { has(attemptId: AttemptId): boolean };
  /** Whether the database was told all that happened to it: where not, its end may be on the way. */
  readonly isTold: (attemptId: AttemptId) => boolean;
  readonly exam: () => ExamVersion;
};

/** [B16] What the session knows of attempts that began here, and of which nobody was ever told an end. */
export function createServiceFailures({ attempts, setAside, erased, isTold, exam }: Parts) {
  function failureOf(attemptId: AttemptId, now: number): ServiceFailure | null {
    if (erased.has(attemptId) || !isTold(attemptId)) return null;
    if (setAside.has(attemptId)) return "record-unreadable";
    const attempt = attempts.get(attemptId)?.attempt;
    if (attempt === undefined || !("work" in attempt)) return "record-lost";
    return isOpen(attempt) && isEndNotStored(nextWakeAt(attempt, exam()), now) ? "end-not-stored" : null;
  }

  return {
    failuresOf(attemptIds: readonly AttemptId[]): Readonly<Record<AttemptId, ServiceFailure>> {
      const now = Date.now();
      const found = attemptIds.flatMap((attemptId) => {
        const failure = failureOf(attemptId, now);
        return failure === null ? [] : [[attemptId, failure] as const];
      });
      return Object.fromEntries(found);
    },
  };
}

/** One that is paused waits for a person. */
function isOpen({ status }: Attempt): boolean {
  return status === "open";
}
