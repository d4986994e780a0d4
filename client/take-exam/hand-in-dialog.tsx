import { Button, Text } from "@mantine/core";
import { useState } from "react";
import { useStore } from "../session/store.ts";
import { Dialog } from "../ui/dialog.tsx";
import type { AttemptSession } from "./attempt-session.ts";
import { handInSummary, markWords, type QuestionMark, type SectionMarks } from "./question-marks.ts";
import type { Work } from "./work.ts";
import styles from "./working.module.css";

type HandInDialogProps = {
  readonly session: AttemptSession;
  readonly sections: readonly SectionMarks[];
  readonly work: Work;
  readonly onStay: () => void;
  readonly onGo: (itemId: string) => void;
};

/** The last look before handing in: what is unanswered, what is flagged, with the way to each. */
export function HandInDialog({ session, sections, work, onStay, onGo }: HandInDialogProps) {
  const [isSending, setIsSending] = useState(false);
  const isOnline = useStore(session.store, (state) => state.phase.kind === "online");
  const { total, answered, ahead, unanswered, flagged } = handInSummary(sections, work);

  async function handIn(): Promise<void> {
    setIsSending(true);
    session.flush();
    const outcome = await session.submit({ type: "handIn" });
    setIsSending(false);
    if (!outcome.accepted) onStay();
  }

  return (
    <Dialog
      title="Hand in your exam?"
      onDismiss={isSending ? undefined : onStay}
      actions={
        <>
          <Button loading={isSending} onClick={() => void handIn()}>
            Hand in now
          </Button>
          <Button variant="default" disabled={isSending} onClick={onStay}>
            Go on working
          </Button>
        </>
      }
    >
      <Text>
        You answered <strong>{answered}</strong> of {total} questions. After handing in, nothing can be changed.
      </Text>
      {ahead.length === 0 ? null : (
        <Text mt="sm">
          <strong>Not opened yet:</strong> {ahead.join(", ")}.
        </Text>
      )}
      <Jumps title="Not answered" marks={unanswered} onGo={onGo} />
      <Jumps title="Flagged" marks={flagged} onGo={onGo} />
      {total === answered && flagged.length === 0 ? (
        <Text mt="sm">Every question is answered and none is flagged.</Text>
      ) : null}
      {isSending && !isOnline ? (
        <Text mt="sm" component="output" display="block">
          The connection is lost just now. Your hand-in is kept and is sent as soon as it is back: keep this page open.
        </Text>
      ) : null}
    </Dialog>
  );
}

type JumpsProps = {
  readonly title: string;
  readonly marks: readonly QuestionMark[];
  readonly onGo: (itemId: string) => void;
};

function Jumps({ title, marks, onGo }: JumpsProps) {
  if (marks.length === 0) return null;
  return (
    <section aria-label={title}>
      <h3 className={styles["jumps-title"]}>
        {title} ({marks.length})
      </h3>
      <ul className={styles["jumps"]}>
        {marks.map((mark) => (
          <li key={mark.item.id}>
            <Button
              variant="default"
              size="compact-md"
              aria-label={`Go to ${markWords(mark)}`}
              onClick={() => onGo(mark.item.id)}
            >
              {mark.number}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
