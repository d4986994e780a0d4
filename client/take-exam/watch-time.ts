import { graceMs } from "#domain/attempt/deadline.ts";
import type { CandidateView } from "#domain/attempt/view.ts";
import type { SectionId } from "#domain/exam/ids.ts";
import type { EpochMs } from "#domain/integrity/signal.ts";
import { leftMs } from "./exam-clock-words.ts";

/** What is over by the server's clock as this page measures it, though the session may not have said so. */
export type TimesUp = { readonly isTimeUp: boolean; readonly sectionsUp: readonly SectionId[] };

export const nothingUp: TimesUp = { isTimeUp: false, sectionsUp: [] };

type Moment = { readonly view: CandidateView | null; readonly serverNow: EpochMs | null };

/** A timer that sleeps with the computer is looked after at least so often. */
const lookEveryMs = 1_000;

function timesUp(view: CandidateView | null, serverNow: EpochMs | null): TimesUp {
  if (view?.status !== "open" || view.time === null) return nothingUp;
  const sectionsUp = view.time.sections
    .filter((section) => section.state === "running" && leftMs(section, serverNow) === 0)
    .map(({ id }) => id);
  return { isTimeUp: leftMs(view.time, serverNow) === 0, sectionsUp };
}

/** How long until the next clock of an open exam runs out, or null when none runs. */
function nextMs({ time }: CandidateView, serverNow: EpochMs | null): number | null {
  if (time === null) return null;
  const left = [time, ...time.sections].map((clock) => leftMs(clock, serverNow));
  return left.reduce((next, ms) => (ms === null || ms === 0 || (next !== null && next < ms) ? next : ms), null);
}

/** Whether a clock has run out so lately that what was made before still counts when it arrives. */
function isInGrace({ view, serverNow }: Moment): boolean {
  if (view?.status !== "open" || view.time === null || serverNow === null) return false;
  return [view.time, ...view.time.sections].some(
    ({ endsAt }) => endsAt !== null && endsAt <= serverNow && serverNow < endsAt + graceMs,
  );
}

/** Says what is over, whenever that changes. Look again when anything may have moved an end. */
export function watchTime(read: () => Moment, onChange: (up: TimesUp) => void) {
  let up = nothingUp;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function look(): TimesUp {
    clearTimeout(timer);
    const { view, serverNow } = read();
    if (view?.status === "open") {
      timer = setTimeout(look, Math.min(nextMs(view, serverNow) ?? lookEveryMs, lookEveryMs));
    }
    const now = timesUp(view, serverNow);
    if (now.isTimeUp !== up.isTimeUp || now.sectionsUp.join() !== up.sectionsUp.join()) {
      up = now;
      onChange(up);
    }
    return up;
  }

  return { look, isInGrace: () => isInGrace(read()), stop: () => clearTimeout(timer) };
}
