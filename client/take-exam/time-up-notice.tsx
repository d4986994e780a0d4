import { Button, Text } from "@mantine/core";
import { useEffect, useState } from "react";
import { announce } from "../ui/announcer.tsx";
import type { AttemptSession } from "./attempt-session.ts";
import type { AttemptState } from "./attempt-state.ts";
import { overallSaving, savingOf, savingWords } from "./saving.ts";
import { StepHeading } from "./step-heading.tsx";
import styles from "./take-exam.module.css";
import { timeUpWords } from "./time-up-words.ts";

type TimeUpNoticeProps = { readonly session: AttemptSession; readonly state: AttemptState };

/** Stands in the paper's place from the end of the time until the session says what became of the exam. */
export function TimeUpNotice({ session, state }: TimeUpNoticeProps) {
  const { phase, isDurable, view } = state;
  const isOnline = phase.kind === "online";
  const saving = overallSaving(savingOf(state));
  const endsAt = view?.time?.endsAt ?? null;
  const sinceMs = useSinceMs(session, endsAt);
  const [first, ...more] = timeUpWords({ isOnline, isDurable, unsent: saving.count, sinceMs });
  useEffect(() => announce(`Time is up. ${first}`, "assertive"), [first]);
  return (
    <div className={`${styles["calm"]} ${styles["column"]}`} data-testid="time-up">
      <StepHeading>Time is up</StepHeading>
      <Text mb="xs">
        {first}
        {saving.count === 0 ? null : <strong> {savingWords(saving.state, saving.count, isDurable)}.</strong>}
      </Text>
      {more.map((line) => (
        <Text key={line} mb="xs">
          {line}
        </Text>
      ))}
      {isOnline ? null : (
        <Button variant="default" mt="xs" onClick={() => session.reconnect()}>
          Try now
        </Button>
      )}
    </div>
  );
}

function useSinceMs(session: AttemptSession, endsAt: number | null): number {
  const since = (): number => (session.clock.serverNow() ?? 0) - (endsAt ?? 0);
  const [sinceMs, setSinceMs] = useState(since);
  useEffect(() => {
    const timer = setInterval(() => setSinceMs(since()), 500);
    return () => clearInterval(timer);
    // oxlint-disable-next-line react/exhaustive-deps -- `since` is made of these two
  }, [session, endsAt]);
  return sinceMs;
}
