import { Button, Text } from "@mantine/core";
import type { MessageView } from "#domain/attempt/view.ts";
import { Dialog } from "../ui/dialog.tsx";
import type { AttemptSession } from "./attempt-session.ts";
import styles from "./take-exam.module.css";

type WarningDialogProps = { readonly session: AttemptSession; readonly warning: MessageView };

/** A proctor's warning, or one that the exam's policy gives. It stays until the candidate says that it was read. */
export function WarningDialog({ session, warning }: WarningDialogProps) {
  const isFromPerson = warning.from === "proctor";
  return (
    <Dialog
      title={isFromPerson ? "A word from the proctor" : "A word from Invigil"}
      actions={
        <Button onClick={() => void session.submit({ type: "acknowledgeWarning", warning: warning.seq })}>
          I have read this
        </Button>
      }
    >
      <blockquote className={styles["quote"]}>{warning.text}</blockquote>
      <Text size="sm">
        {isFromPerson ? "" : "The page noticed this by itself and told the proctor. Nobody has judged it. "}
        Your answers are safe and the exam goes on. If you want to reply, open Messages after this. That you read it is
        noted.
      </Text>
    </Dialog>
  );
}
