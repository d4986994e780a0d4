import type { Allowance, ExceptionKind } from "#domain/exam/accommodation.ts";
import { formatDuration } from "./format-duration.ts";

/** An allowance in words: `a quarter` would need a table; a percentage needs none. */
export function allowanceWords(allowance: Allowance): string {
  return allowance.kind === "minutes"
    ? `${formatDuration(allowance.minutes * 60_000)} more`
    : `${Math.round((allowance.factor - 1) * 100)} % more time`;
}

/** A rule that does not hold, in words. */
export function exceptionWords(kind: ExceptionKind): string {
  switch (kind) {
    case "may-leave-full-screen":
      return "may leave full screen";
    case "may-speak":
      return "may speak";
    case "no-camera":
      return "no camera, with a person beside";
  }
}
