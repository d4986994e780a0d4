import { Button, Text, VisuallyHidden } from "@mantine/core";
import { useState } from "react";
import { Dialog } from "../ui/dialog.tsx";
import { count, formatClock, formatDuration } from "../ui/format-duration.ts";
import type { AttemptSession } from "./attempt-session.ts";
import { useLeftMs } from "./exam-clock.tsx";
import type { SectionMarks } from "./question-marks.ts";
import styles from "./working.module.css";

type SectionDoorProps = { readonly session: AttemptSession; readonly section: SectionMarks };

/** What stands over the questions of a section with a time limit: the way in, what is left, or that it is over. */
export function SectionDoor({ session, section }: SectionDoorProps) {
  switch (section.time?.state) {
    case undefined:
      return null;
    case "ahead":
      return <Ahead session={session} section={section} />;
    case "running":
      return <Running session={session} section={section} />;
    case "over":
      return <p className={styles["section-time"]}>The time of this section is over.</p>;
  }
}

function Ahead({ session, section }: SectionDoorProps) {
  const [isAsking, setIsAsking] = useState(false);
  const [isSending, setIsSending] = useState(false);

  async function enter(): Promise<void> {
    setIsSending(true);
    session.flush();
    await session.submit({ type: "enterSection", sectionId: section.id });
    setIsSending(false);
    setIsAsking(false);
  }

  return (
    <>
      <Button mt={4} variant="default" size="compact-md" onClick={() => setIsAsking(true)}>
        Open<VisuallyHidden>&nbsp;{section.title}</VisuallyHidden>&nbsp;…
      </Button>
      {isAsking ? (
        <Dialog
          title={`Open ${section.title}?`}
          onDismiss={isSending ? undefined : () => setIsAsking(false)}
          actions={
            <>
              <Button loading={isSending} onClick={() => void enter()}>
                Open it now
              </Button>
              <Button variant="default" disabled={isSending} onClick={() => setIsAsking(false)}>
                Not yet
              </Button>
            </>
          }
        >
          <Text>
            {count(section.itemCount, "question")}
            {section.timeLimitMs === null ? "" : `, ${formatDuration(section.timeLimitMs)}`}. Its time begins when you
            open it, and goes on while you look at other sections. When it is over, its answers stay as they are.
          </Text>
        </Dialog>
      ) : null}
    </>
  );
}

function Running({ session, section }: SectionDoorProps) {
  const left = useLeftMs(session, section.time, `for ${section.title}`);
  return (
    <p className={styles["section-time"]}>
      <span role="timer" aria-label={`Time left for ${section.title}`} aria-live="off">
        {left === null ? "…" : formatClock(left)}
      </span>{" "}
      left for this section
    </p>
  );
}
