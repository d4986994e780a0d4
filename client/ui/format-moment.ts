import type { EpochMs } from "#domain/integrity/signal.ts";

const day = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "short" });
const time = new Intl.DateTimeFormat(undefined, { timeStyle: "medium" });

/** A moment with its day, in the reader's language and time zone. */
export function formatMoment(at: EpochMs): string {
  return day.format(at);
}

/** A moment of today: hours, minutes and seconds. */
export function formatTime(at: EpochMs): string {
  return time.format(at);
}
