import { Button, Text } from "@mantine/core";
import type { MessageView } from "#domain/attempt/view.ts";
import { Dialog } from "../ui/dialog.tsx";
import type { AttemptSession } from "./attempt-session.ts";
import styles from "./take-exam.module.css";

type WarningDialogProps = { readonly session: AttemptSession; readonly warning: MessageView };

/** A proctor's warning. It stays until the candidate says that it was read. */
export function WarningDialog({ session, warning }: WarningDialogProps) {
  return (
    <Dialog
      title="A word from the proctor"
      actions={
        <Button onClick={() => void session.submit({ type: "acknowledgeWarning", warning: warning.seq })}>
          I have read this
        </Button>
      }
    >
      <blockquote className={styles["quote"]}>{warning.text}</blockquote>
      <Text size="sm">
        Your answers are safe and the exam goes on. If you want to reply, open Messages after this. That you read it is
        noted.
      </Text>
    </Dialog>
  );
}
