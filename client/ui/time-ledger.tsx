import { Button } from "@mantine/core";
import type { TimeEntryView } from "#domain/attempt/time-view.ts";
import { formatClock } from "./format-duration.ts";
import { formatTime } from "./format-moment.ts";
import { timeEntryWords, timeGiverWords } from "./time-entry-words.ts";
import styles from "./time-ledger.module.css";

type TimeLedgerProps = {
  readonly entries: readonly TimeEntryView[];
  /** Takes the line at this place back; null for those who may not. */
  readonly onWithdraw: ((place: number) => void) | null;
};

/** How the time adds up, line by line: what it is, who gave it, when and why. */
export function TimeLedger({ entries, onWithdraw }: TimeLedgerProps) {
  const total = entries.reduce((sum, { ms }) => sum + ms, 0);
  return (
    <table className={styles["ledger"]} data-testid="ledger">
      <thead>
        <tr>
          <th scope="col">Time</th>
          <th scope="col">For</th>
          <th scope="col">Given by</th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry, place) => (
          // A ledger only grows: the place of a line is its own for ever.
          // oxlint-disable-next-line react/no-array-index-key -- as said above
          <tr key={place}>
            <td className={styles["amount"]}>{signed(entry, place)}</td>
            <td>
              {timeEntryWords(entry.kind)}
              {entry.kind === "base" || entry.kind === "outage" || entry.kind === "break" ? null : (
                <span className={styles["reason"]}>{entry.reason}</span>
              )}
            </td>
            <td>
              {timeGiverWords(entry)}
              <span className={styles["reason"]}>{formatTime(entry.at)}</span>
              {onWithdraw !== null && entry.kind === "extra" && !entry.isWithdrawn ? (
                <Button size="compact-xs" variant="default" onClick={() => onWithdraw(place)}>
                  Take back …
                </Button>
              ) : null}
            </td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <td className={styles["amount"]}>{formatClock(total)}</td>
          <th scope="row" colSpan={2}>
            in all, from when the exam was opened
          </th>
        </tr>
      </tfoot>
    </table>
  );
}

function signed({ ms }: TimeEntryView, place: number): string {
  if (place === 0) return formatClock(ms);
  return ms < 0 ? `− ${formatClock(-ms)}` : `+ ${formatClock(ms)}`;
}
