import { Button, VisuallyHidden } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import type { TimeView } from "#domain/attempt/time-view.ts";
import { announce } from "../ui/announcer.tsx";
import { formatClock } from "../ui/format-duration.ts";
import type { AttemptSession } from "./attempt-session.ts";
import { dueAnnouncement, leftMs, timeLeftWords, type Until } from "./exam-clock-words.ts";
import styles from "./working.module.css";

type ExamClockProps = { readonly session: AttemptSession; readonly time: TimeView | null };

/** How often it looks, so that no second is shown late or twice. */
const lookEveryMs = 200;

/** The time left, by the server's clock. It can be hidden, and it is said aloud at four moments and when it is asked. */
export function ExamClock({ session, time }: ExamClockProps) {
  const left = useLeftMs(session, time);
  const [isHidden, setIsHidden] = useState(false);
  if (left === null) return null;
  const isPaused = time?.endsAt === null;
  return (
    <span className={styles["clock"]}>
      <span role="timer" aria-label="Time left" aria-live="off" data-testid="clock">
        {isHidden ? "Time hidden" : formatClock(left)}
        {isPaused ? " (paused)" : ""}
      </span>
      <Button variant="subtle" size="compact-sm" onClick={() => setIsHidden(!isHidden)}>
        {isHidden ? "Show" : "Hide"}
        <VisuallyHidden> the time</VisuallyHidden>
      </Button>
      <VisuallyHidden>
        <button type="button" onClick={() => announce(timeLeftWords(left))}>
          Say the time left
        </button>
      </VisuallyHidden>
    </span>
  );
}

/** Whole seconds that are left, drawn anew once a second, and said aloud at four moments with what they are left of. */
export function useLeftMs(session: AttemptSession, time: Until | null, of = ""): number | null {
  const endsAt = time?.endsAt ?? null;
  const standing = time?.leftMs ?? null;
  const [left, setLeft] = useState(() => wholeSeconds(leftMs(time, session.clock.serverNow())));
  const before = useRef<number | null>(null);
  useEffect(() => {
    function look(): void {
      const now = wholeSeconds(leftMs({ endsAt, leftMs: standing }, session.clock.serverNow()));
      setLeft(now);
      const due = now === null ? null : dueAnnouncement(before.current, now, of);
      if (due !== null) announce(due);
      before.current = now;
    }
    look();
    const timer = setInterval(look, lookEveryMs);
    return () => clearInterval(timer);
  }, [session, endsAt, standing, of]);
  return left;
}

/** Up, as the clock shows it, so that the page is drawn once a second and not at each look. */
function wholeSeconds(ms: number | null): number | null {
  return ms === null ? null : Math.ceil(ms / 1000) * 1000;
}
