import { Button } from "@mantine/core";
import { useState } from "react";
import type { CheckedIn } from "#protocol/http/sit.ts";
import { download } from "../ui/download.ts";
import type { CalendarEvent } from "../ui/calendar-file.ts";
import { ownLink } from "./own-link.ts";

type AddToCalendarProps = { readonly event: Omit<CalendarEvent, "text" | "link"> };

/** The sitting of an attempt. */
export function calendarEventOf({ attemptId, examTitle, tenantName, opensAt, closesAt }: CheckedIn) {
  const id = `${attemptId}@${window.location.host}`;
  return { id, title: `${examTitle} (${tenantName})`, beginsAt: opensAt, endsAt: closesAt };
}

/** A file for whoever has come too early: most computers open it with their calendar. */
export function AddToCalendar({ event }: AddToCalendarProps) {
  const [hasFailed, setHasFailed] = useState(false);

  async function give(): Promise<void> {
    const link = ownLink();
    const check = `Check your computer before: ${window.location.origin}/check`;
    const how = link === null ? "Open the link that your institution sent you." : `Open your link: ${link}`;
    try {
      const { calendarFile } = await import("../ui/calendar-file.ts");
      const file = calendarFile([{ ...event, text: `${how}\n${check}`, link }], Date.now());
      download("exam.ics", "text/calendar", file);
      setHasFailed(false);
    } catch {
      setHasFailed(true); // that part of the page could not be fetched
    }
  }

  return (
    <div>
      <Button mt="sm" variant="default" onClick={() => void give()}>
        Add to your calendar
      </Button>
      {hasFailed ? <p role="alert">That did not work. Check your connection and try again.</p> : null}
    </div>
  );
}
