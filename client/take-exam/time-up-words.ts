import { graceMs } from "#domain/attempt/deadline.ts";
import { formatDuration } from "../ui/format-duration.ts";

type TimeUp = {
  readonly isOnline: boolean;
  /** Whether this browser keeps what was not sent when it is closed. */
  readonly isDurable: boolean;
  /** Questions whose answer the session does not have. */
  readonly unsent: number;
  /** How long ago the time was up. */
  readonly sinceMs: number;
};

/** What is true when the clock has run out and the session has not said that the exam is over: one sentence a line. */
export function timeUpWords({ isOnline, isDurable, unsent, sinceMs }: TimeUp): readonly [string, ...string[]] {
  if (isOnline) return ["Your exam is being handed in."];
  const handIn =
    "Whether your exam is handed in can only be said when the connection is back. It is tried again by itself.";
  if (unsent === 0) return ["Every answer had arrived before the connection was lost.", handIn];
  const grace = formatDuration(graceMs);
  return [
    isDurable
      ? "Your answers are saved on this computer and will be sent when the connection is back."
      : "Your answers are on this page only, and will be sent when the connection is back: keep it open.",
    sinceMs < graceMs
      ? `What arrives within ${grace} after the end counts and is marked late.`
      : `More than ${grace} have passed: what arrives now is kept as evidence, with the time at which you made it, and is not in the score.`,
    handIn,
  ];
}
