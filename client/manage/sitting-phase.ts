import type { EpochMs } from "#domain/integrity/signal.ts";

export type SittingPhase = "before" | "open" | "over";

export const phaseWords: Readonly<Record<SittingPhase, string>> = {
  before: "Not open yet",
  open: "Open now",
  over: "Closed",
};

/** Whether an exam can be begun. Who began before the window closed may still be at work after it. */
export function phaseOf(
  { opensAt, closesAt }: { readonly opensAt: EpochMs; readonly closesAt: EpochMs },
  now: EpochMs,
): SittingPhase {
  if (now < opensAt) return "before";
  return now < closesAt ? "open" : "over";
}
