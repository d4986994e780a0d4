import type { EpochMs } from "#domain/integrity/signal.ts";

/** The value of a `datetime-local` field for a moment, in this computer's time zone: `2030-01-31T09:05`. */
export function localFieldOf(at: EpochMs): string {
  const date = new Date(at);
  const two = (number: number) => String(number).padStart(2, "0");
  const day = `${String(date.getFullYear()).padStart(4, "0")}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** The moment that such a field names in this computer's time zone; null when it names none. */
export function momentOfField(text: string): EpochMs | null {
  // The language reads a date with a time and without a zone as local time (ECMA-262, Date Time String Format).
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/.test(text)) return null;
  const at = new Date(text).getTime();
  return Number.isNaN(at) ? null : at;
}

/** `Europe/Berlin (GMT+2)`: the zone of this computer, as it is at that moment. */
export function zoneWords(at: EpochMs): string {
  const format = new Intl.DateTimeFormat(undefined, { timeZoneName: "shortOffset" });
  const offset = format.formatToParts(at).find(({ type }) => type === "timeZoneName")?.value ?? "";
  return `${format.resolvedOptions().timeZone} (${offset})`;
}
