import type { TimeView } from "#domain/attempt/time-view.ts";
import type { EpochMs } from "#domain/integrity/signal.ts";
import { formatDuration } from "../ui/format-duration.ts";

const minute = 60_000;
const announcedAt = [30 * minute, 15 * minute, 5 * minute, minute] as const;

/** A clock that runs has an end; one that stands still has what is left. */
export type Until = Pick<TimeView, "endsAt" | "leftMs">;

/** What is left on the clock now, also while it stands still; null before there is one. */
export function leftMs(time: Until | null, serverNow: EpochMs | null): number | null {
  if (time === null) return null;
  if (time.endsAt === null) return time.leftMs;
  return serverNow === null ? null : Math.max(0, time.endsAt - serverNow);
}

/** The sentence to say when the clock has just gone past one of the marks, else null. `of`: what it is the clock of. */
export function dueAnnouncement(before: number | null, now: number, of = ""): string | null {
  if (before === null || now <= 0) return null;
  const passed = announcedAt.findLast((mark) => before > mark && now <= mark);
  return passed === undefined ? null : `${formatDuration(passed)} left${of === "" ? "" : ` ${of}`}.`;
}

/** What the clock says when it is asked. */
export function timeLeftWords(ms: number): string {
  return ms <= 0 ? "The time is over." : `${formatDuration(ms)} left.`;
}

export type TimeNotice = { readonly title: string; readonly text: string };

/** What to tell about lines of the ledger that were not there before: more time, or paused time given back. */
export function timeNotices(before: TimeView | null, after: TimeView | null): readonly TimeNotice[] {
  if (before === null || after === null) return [];
  return after.entries.slice(before.entries.length).flatMap(({ kind, ms, reason }) => {
    switch (kind) {
      case "extra":
        return [{ title: `You have ${formatDuration(ms)} more`, text: `Your proctor added it: ${reason}` }];
      case "pause":
        return [
          {
            title: `The pause of ${formatDuration(ms)} was given back`,
            text: "Your time left is what it was before it.",
          },
        ];
      case "withdrawn":
        return [{ title: `${formatDuration(-ms)} were taken back`, text: `Your proctor took them back: ${reason}` }];
      case "break":
        return [{ title: "Your break is over", text: "Your time left is what it was before it." }];
      case "outage":
        return [
          {
            title: `You have ${formatDuration(ms)} more`,
            text: "Your connection was lost for so long, and the time was given back.",
          },
        ];
      case "base":
      case "allowance":
        return [];
    }
  });
}
