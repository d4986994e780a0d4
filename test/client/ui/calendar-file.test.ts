import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CalendarEvent, calendarFile } from "#client/ui/calendar-file.ts";

const event: CalendarEvent = {
  id: "ada@exam.test",
  title: "First aid",
  beginsAt: Date.UTC(2026, 10, 21, 8, 30),
  endsAt: Date.UTC(2026, 10, 21, 12, 0, 5),
  text: "Two hours",
  link: "https://exam.test/sit#abc",
};
const now = Date.UTC(2026, 0, 2, 3, 4, 5);

/** The lines as a calendar reads them: unfolded. */
function linesOf(file: string): readonly string[] {
  return file.replaceAll("\r\n ", "").split("\r\n");
}

/** A text as a calendar reads it. */
function textOf(file: string, name: string): string | undefined {
  const line = linesOf(file).find((each) => each.startsWith(`${name}:`));
  return line?.slice(name.length + 1).replaceAll(/\\(.)/g, (_, sign: string) => (sign === "n" ? "\n" : sign));
}

describe("a calendar file", () => {
  it("[G86] has the window in UTC and the link, and is marked as private", () => {
    expect(calendarFile([event], now)).toBe(
      [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Invigil//Exams//EN",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        "UID:ada@exam.test",
        "DTSTAMP:20260102T030405Z",
        "DTSTART:20261121T083000Z",
        "DTEND:20261121T120005Z",
        "SUMMARY:First aid",
        "DESCRIPTION:Two hours",
        "URL:https://exam.test/sit#abc",
        "CLASS:PRIVATE",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
      ].join("\r\n"),
    );
  });

  it("[G86] has no address where the link is not known, and an event for each of several", () => {
    const file = calendarFile([{ ...event, link: null }, event], now);
    expect(linesOf(file).filter((line) => line.startsWith("URL:"))).toEqual(["URL:https://exam.test/sit#abc"]);
    expect(linesOf(file).filter((line) => line === "BEGIN:VEVENT")).toHaveLength(2);
  });

  it("[G86] escapes what has a meaning in a text, and lets nobody end a line", () => {
    const title = "Law; part 1, \\ or\nEND:VEVENT\r\nATTACH:https://evil.test\u0007";
    const file = calendarFile([{ ...event, title }], now);
    expect(file).toContain(String.raw`SUMMARY:Law\; part 1\, \\ or\nEND:VEVENT\nATTACH:https://evil.test`);
    expect(linesOf(file).filter((line) => line.startsWith("ATTACH"))).toEqual([]);
  });

  it("[G86] folds at 75 bytes and never inside a character, and is read as it was written", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 300 }), (text) => {
        const plain = text.replaceAll(/\p{Cc}/gu, "").toWellFormed();
        const file = calendarFile([{ ...event, text: plain }], now);
        for (const line of file.split("\r\n")) {
          expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75);
          expect(line.isWellFormed()).toBe(true);
        }
        expect(textOf(file, "DESCRIPTION")).toBe(plain);
      }),
    );
    const long = calendarFile([{ ...event, text: "é".repeat(100) }], now);
    expect(long).toContain(`DESCRIPTION:${"é".repeat(31)}\r\n ${"é".repeat(37)}\r\n `);
  });
});
