import { Button, Text } from "@mantine/core";
import { useState } from "react";
import type { EpochMs } from "#domain/integrity/signal.ts";
import { formatClock } from "../ui/format-duration.ts";
import type { AttemptSession } from "./attempt-session.ts";
import { useLeftMs } from "./exam-clock.tsx";
import { enterFullScreen } from "./full-screen.ts";
import { StepHeading } from "./step-heading.tsx";
import styles from "./take-exam.module.css";

/** Stands in the paper's place during the candidate's break. */
export function BreakNotice({ session, until }: { readonly session: AttemptSession; readonly until: EpochMs }) {
  const left = useLeftMs(session, { endsAt: until, leftMs: null }, "of the break");
  const [isEnding, setIsEnding] = useState(false);

  async function end(): Promise<void> {
    setIsEnding(true);
    // Before anything else: a browser lets a page into full screen only while the click is fresh.
    await enterFullScreen();
    await session.submit({ type: "endBreak" });
    setIsEnding(false);
  }

  return (
    <div className={`${styles["calm"]} ${styles["column"]}`} data-testid="break">
      <StepHeading>You are on a break</StepHeading>
      <Text>
        The exam goes on by itself in{" "}
        <strong role="timer" aria-label="Time left of the break" aria-live="off">
          {left === null ? "…" : formatClock(left)}
        </strong>
        . The clock stands still and your answers are safe. Camera and screen stay shared.
      </Text>
      <Button mt="md" size="md" loading={isEnding} onClick={() => void end()}>
        End the break now
      </Button>
    </div>
  );
}
