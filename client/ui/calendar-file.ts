import type { EpochMs } from "#domain/integrity/signal.ts";

export type CalendarEvent = {
  /** Stays the same, so that a calendar which has it already changes it. */
  readonly id: string;
  readonly title: string;
  readonly beginsAt: EpochMs;
  readonly endsAt: EpochMs;
  readonly text: string;
  readonly link: string | null;
};

/** What a line may have, without its end (RFC 5545, section 3.1). */
const lineBytes = 75;

/** Events as an iCalendar file (RFC 5545), with times in UTC: whoever opens it sees them in their own zone. [G86] */
export function calendarFile(events: readonly CalendarEvent[], now: EpochMs): string {
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Invigil//Exams//EN",
    "METHOD:PUBLISH",
    ...events.flatMap((event) => eventLines(event, now)),
    "END:VCALENDAR",
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join("");
}

function eventLines({ id, title, beginsAt, endsAt, text, link }: CalendarEvent, now: EpochMs): readonly string[] {
  return [
    "BEGIN:VEVENT",
    `UID:${escaped(id)}`,
    `DTSTAMP:${inUtc(now)}`,
    `DTSTART:${inUtc(beginsAt)}`,
    `DTEND:${inUtc(endsAt)}`,
    `SUMMARY:${escaped(title)}`,
    `DESCRIPTION:${escaped(text)}`,
    // An address is no text: it is not escaped (section 3.8.4.6), and ours has nothing that could end the line.
    ...(link === null ? [] : [`URL:${link}`]),
    // A calendar that others can see shows that somebody is busy, and not their link.
    "CLASS:PRIVATE",
    "END:VEVENT",
  ];
}

/** `20261121T134500Z` (section 3.3.5, form 2). */
function inUtc(at: EpochMs): string {
  return new Date(at).toISOString().replaceAll(/[-:]|\.\d{3}/g, "");
}

/** Section 3.3.11. Other control characters may not stand in a text at all. */
function escaped(text: string): string {
  return (
    text
      .replaceAll(/[\\;,]/g, String.raw`\$&`)
      .replaceAll(/\r\n|\r|\n/g, String.raw`\n`)
      // oxlint-disable-next-line no-control-regex -- they are what is taken out
      .replaceAll(/[\u0000-\u0008\u000B-\u001F\u007F]/g, "")
  );
}

/** A long line goes on behind a space, and is never cut inside a character. */
function folded(line: string): string {
  const encoder = new TextEncoder();
  let bytes = 0;
  let text = "";
  for (const character of line) {
    const more = encoder.encode(character).length;
    if (bytes + more > lineBytes) {
      text += "\r\n ";
      bytes = 1;
    }
    text += character;
    bytes += more;
  }
  return text;
}
