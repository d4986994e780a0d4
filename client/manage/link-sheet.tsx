import { Button, Text } from "@mantine/core";
import { createPortal } from "react-dom";
import { renderSVG } from "uqr";
import type { IssuedLink } from "#protocol/http/registration.ts";
import type { Sitting } from "#protocol/http/sitting.ts";
import { calendarFile } from "../ui/calendar-file.ts";
import { download } from "../ui/download.ts";
import { formatMoment } from "../ui/format-moment.ts";
import styles from "./link-sheet.module.css";
import { calendarEventFor, timesWords } from "./link-words.ts";
import { zoneWords } from "./local-moment.ts";

type LinkSheetProps = {
  readonly links: readonly IssuedLink[];
  readonly sitting: Pick<Sitting, "examTitle" | "title" | "opensAt" | "closesAt">;
};

/** Each person's link as a QR code, to look at here, and to print and cut apart. [G85] */
export function LinkSheet({ links, sitting }: LinkSheetProps) {
  const slips = links.map((link) => ({ ...link, code: codeOf(link.link) }));
  return (
    <>
      <ul className={styles["slips"]}>
        {slips.map((slip) => (
          <li key={slip.attemptId} className={styles["slip"]}>
            <img className={styles["code"]} src={slip.code} alt={`QR code of the link for ${slip.name}`} />
            <Text fw={650}>{slip.name}</Text>
            <Text size="sm">{timesWords(slip)}</Text>
            <Button
              size="xs"
              mt="xs"
              variant="default"
              aria-label={`Calendar file for ${slip.name}`}
              onClick={() => downloadCalendar([slip], sitting)}
            >
              Calendar file
            </Button>
          </li>
        ))}
      </ul>
      {createPortal(
        <div className={styles["paper"]} aria-hidden="true">
          {slips.map(({ attemptId, name, link, code, ...times }) => (
            <section key={attemptId} className={styles["printed"]}>
              <img className={styles["code"]} src={code} alt="" />
              <div>
                <p className={styles["name"]}>{name}</p>
                <p>
                  {sitting.examTitle}, {sitting.title}
                </p>
                <p>
                  From {formatMoment(sitting.opensAt)} to {formatMoment(sitting.closesAt)}, {zoneWords(sitting.opensAt)}
                </p>
                <p>
                  Your link, for you alone, on the computer that you sit at. It is good {timesWords(times)}: {link}
                </p>
                <p>Check your computer some days before: {window.location.origin}/check</p>
              </div>
            </section>
          ))}
        </div>,
        document.body,
      )}
    </>
  );
}

/** One person's file has no name in its title: it is for that person's own calendar. */
export function downloadCalendar(links: readonly IssuedLink[], sitting: LinkSheetProps["sitting"]): void {
  const events = links.map((link) => calendarEventFor(link, sitting, links.length === 1 ? "unnamed" : "named"));
  download(links.length === 1 ? "exam.ics" : "exams.ics", "text/calendar", calendarFile(events, Date.now()));
}

/** Dark on white, also on a dark page: many phones read no other. */
function codeOf(link: string): string {
  return `data:image/svg+xml,${encodeURIComponent(renderSVG(link, { ecc: "M", border: 3 }))}`;
}
