import type { EpochMs } from "#domain/integrity/signal.ts";

const day = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "short" });
const time = new Intl.DateTimeFormat(undefined, { timeStyle: "medium" });

const date = new Intl.DateTimeFormat(undefined, { dateStyle: "long" });

/** The day of a moment, in the reader's language and time zone. */
export function formatDay(at: EpochMs): string {
  return date.format(at);
}

/** A moment with its day, in the reader's language and time zone. */
export function formatMoment(at: EpochMs): string {
  return day.format(at);
}

/** A moment of today: hours, minutes and seconds. */
export function formatTime(at: EpochMs): string {
  return time.format(at);
}
