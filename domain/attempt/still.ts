import type { StillSource } from "../integrity/policy.ts";
import type { EpochMs } from "../integrity/signal.ts";
import type { SystemCommand } from "./command.ts";
import { accept, type Context, type Decision, refuse } from "./decision.ts";
import type { CaseFile, NotedViolation, Registered } from "./state.ts";

/**
 * A picture that the page took when a violation was noted, as stored. `violation` is the number of its event, `sha256`
 * lower-case hex over the bytes that the page sent, `takenAt` the page's word on the server's clock.
 */
export type Still = {
  readonly violation: number;
  readonly source: StillSource;
  readonly sha256: string;
  readonly bytes: number;
  readonly takenAt: EpochMs;
};

/** A page is asked for these pictures. `seq`: of what they belong to; `at`: when that was noted. */
export type WantedStills = {
  readonly seq: number;
  readonly at: EpochMs;
  readonly sources: readonly StillSource[];
};

/** [E33] The largest still that is taken. */
export const largestStillBytes = 400 * 1024;

/** [E32] A picture that is taken later than this after a violation shows something else. */
export const stillWantedMs = 30_000;

/** [E34] What was under way when the attempt ended, or ended it, still arrives within this time. */
const stillAfterEndMs = 60_000;

/** How wrong a page's idea of the server's time may be. */
const clockSlackMs = 5 * 60 * 1000;

/** A page that was away for long is not asked for pictures of everything that it missed. */
const mostWanted = 8;

/** [E30] What the page is asked to take: what the rules of the latest violations ask for and is not stored. */
export function wantedStills({ violations }: CaseFile): readonly WantedStills[] {
  return violations.slice(-mostWanted).flatMap((violation) => {
    const sources = stillMissing(violation);
    return sources.length === 0 ? [] : [{ seq: violation.seq, at: violation.notedAt, sources }];
  });
}

function stillMissing({ evidence = [], stills }: NotedViolation): readonly StillSource[] {
  return evidence.filter((source) => !stills.some((still) => still.source === source));
}

/** [E31] A still is stored once, of a violation that asked for it: the same bytes again change nothing, others are refused. */
export function storeStill(
  attempt: Registered,
  { still }: Extract<SystemCommand, { type: "storeStill" }>,
  { now }: Context,
): Decision {
  if (attempt.status === "registered") return refuse("not-consented");
  const violation = attempt.file.violations.find(({ seq }) => seq === still.violation);
  if (!violation?.evidence?.includes(still.source)) return refuse("picture-not-wanted");
  const stored = violation.stills.find(({ source }) => source === still.source);
  if (stored !== undefined) return stored.sha256 === still.sha256 ? accept() : refuse("picture-differs");
  if (still.bytes < 1 || still.bytes > largestStillBytes) return refuse("bad-picture");
  const { notedAt } = violation;
  const isOfThatMoment =
    still.takenAt >= notedAt - clockSlackMs && still.takenAt <= notedAt + stillWantedMs + clockSlackMs;
  if (!isOfThatMoment || still.takenAt > now + clockSlackMs) return refuse("bad-picture");
  const isOver = attempt.status === "handed-in" || attempt.status === "terminated";
  if (isOver && now > attempt.at + stillAfterEndMs) return refuse("handed-in");
  return accept({ type: "stillStored", still });
}

/** The violations after a still was stored. */
export function withStill(violations: readonly NotedViolation[], still: Still): readonly NotedViolation[] {
  return violations.map((each) => (each.seq === still.violation ? { ...each, stills: [...each.stills, still] } : each));
}
