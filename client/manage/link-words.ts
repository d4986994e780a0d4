import { type GuestLink, linkStateOf } from "#domain/access/guest-link.ts";
import type { EpochMs } from "#domain/integrity/signal.ts";
import type { IssuedLink, Registration } from "#protocol/http/registration.ts";
import type { Sitting } from "#protocol/http/sitting.ts";
import type { CalendarEvent } from "../ui/calendar-file.ts";
import { formatMoment } from "../ui/format-moment.ts";

const short = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });

/** What became of a link, in a few words. [G83] */
export function linkWords(link: Registration["link"], now: EpochMs): string {
  switch (linkStateOf(link, link.hasBegun, now)) {
    case "unopened":
      return "Never opened";
    case "opened":
      return `Opened${on(link.openedAt)}`;
    case "bound":
      return "In use by one browser";
    case "not-yet":
      return `Good from ${on(link.notBefore).trim()}`;
    case "revoked":
      return `Withdrawn${on(link.revokedAt)}`;
    case "expired":
      return `Over since ${on(link.expiresAt).trim()}`;
  }
}

function on(at: EpochMs | null): string {
  return at === null ? "" : ` ${short.format(at)}`;
}

/** From when to when a link is good, as a sentence. */
export function timesWords({ notBefore, expiresAt }: Pick<GuestLink, "notBefore" | "expiresAt">): string {
  return notBefore === null
    ? `until ${formatMoment(expiresAt)}`
    : `from ${formatMoment(notBefore)} until ${formatMoment(expiresAt)}`;
}

/** The sitting as its candidate's calendar has it. `who`: where a file has the events of several people. */
export function calendarEventFor(
  { attemptId, name, link }: IssuedLink,
  { examTitle, title, opensAt, closesAt }: Pick<Sitting, "examTitle" | "title" | "opensAt" | "closesAt">,
  who: "named" | "unnamed",
): CalendarEvent {
  return {
    id: `${attemptId}@${window.location.host}`,
    title: who === "named" ? `${name}: ${examTitle}` : examTitle,
    beginsAt: opensAt,
    endsAt: closesAt,
    text: `${title}\nLink of ${name}, for no one else: ${link}\nCheck your computer before: ${window.location.origin}/check`,
    link,
  };
}
