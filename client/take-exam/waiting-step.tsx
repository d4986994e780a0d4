import { Button, Text } from "@mantine/core";
import { useState } from "react";
import type { CandidateView } from "#domain/attempt/view.ts";
import type { CheckedIn } from "#protocol/http/sit.ts";
import { useStore } from "../session/store.ts";
import { formatDuration } from "../ui/format-duration.ts";
import { formatMoment } from "../ui/format-moment.ts";
import { refusalWords } from "../ui/refusal-words.ts";
import { AddToCalendar, calendarEventOf } from "./add-to-calendar.tsx";
import type { AttemptSession } from "./attempt-session.ts";
import { enterFullScreen } from "./full-screen.ts";
import { StepHeading } from "./step-heading.tsx";
import styles from "./take-exam.module.css";

type WaitingStepProps = {
  readonly session: AttemptSession;
  readonly view: CandidateView;
  readonly sitting: CheckedIn;
  readonly durationMs: number;
};

/** The waiting room, and the door out of it. */
export function WaitingStep(props: WaitingStepProps) {
  switch (props.view.status) {
    case "admitted":
      return <Admitted {...props} />;
    case "denied":
      return <Denied {...props} />;
    default:
      return <Waiting {...props} />;
  }
}

function Waiting({ session, sitting }: WaitingStepProps) {
  const { opensAt } = sitting;
  return (
    <div className={styles["calm"]}>
      <StepHeading>You are in the waiting room</StepHeading>
      <Text>The proctor sees that you are here and lets you in. You have nothing to do.</Text>
      <Text mt="xs">
        Your place is safe: if the connection breaks, or if you load the page again, you come back to it. The clock of
        the exam does not run.
      </Text>
      <Text mt="xs" c="dimmed" size="sm">
        The exam can be opened from {formatMoment(opensAt)}.
      </Text>
      {(session.clock.serverNow() ?? opensAt) < opensAt ? <AddToCalendar event={calendarEventOf(sitting)} /> : null}
    </div>
  );
}

function Denied({ session, view }: WaitingStepProps) {
  const refusal = useStore(session.store, (state) => state.refusal);
  return (
    <div className={styles["calm"]}>
      <StepHeading>The proctor has not let you in yet</StepHeading>
      <Text>The reason given:</Text>
      <blockquote className={styles["quote"]}>{view.reason}</blockquote>
      <Text>When that is put right, ask again. You can also write to the proctor below.</Text>
      <Button mt="md" size="md" onClick={() => void session.submit({ type: "requestAdmission" })}>
        Ask again
      </Button>
      <Refused text={refusal === null ? null : refusalWords(refusal)} />
    </div>
  );
}

function Admitted({ session, view, durationMs, sitting }: WaitingStepProps) {
  const [isOpening, setIsOpening] = useState(false);
  const refusal = useStore(session.store, (state) => state.refusal);

  async function open(): Promise<void> {
    setIsOpening(true);
    // Before anything else: a browser lets a page into full screen only while the click is fresh.
    await enterFullScreen();
    await session.submit({ type: "openPaper" });
    setIsOpening(false);
  }

  return (
    <div className={styles["calm"]}>
      <StepHeading>You may begin</StepHeading>
      <Text>
        You have <strong>{formatDuration(durationMs + view.allowedMs)}</strong>
        {view.allowedMs === 0
          ? ""
          : `: ${formatDuration(durationMs)}, and ${formatDuration(view.allowedMs)} arranged for you`}
        . The clock starts when you open the exam, and the page goes to full screen.
      </Text>
      <Text mt="xs">Every change is saved at once. You can go back and forth between the questions.</Text>
      <Button mt="md" size="lg" loading={isOpening} onClick={() => void open()}>
        Open the exam
      </Button>
      <Refused
        text={
          refusal === "exam-not-open"
            ? `The exam can be opened from ${formatMoment(sitting.opensAt)}. You stay let in: try again then.`
            : refusal === null
              ? null
              : refusalWords(refusal)
        }
      />
    </div>
  );
}

function Refused({ text }: { readonly text: string | null }) {
  if (text === null) return null;
  return (
    <div className={styles["advice"]} role="alert">
      {text}
    </div>
  );
}
