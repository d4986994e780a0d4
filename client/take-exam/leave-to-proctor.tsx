import { Button, Group, Text } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useStore } from "../session/store.ts";
import { refusalWords } from "../ui/refusal-words.ts";
import type { AttemptSession } from "./attempt-session.ts";
import styles from "./take-exam.module.css";
import { TextBox } from "./text-box.tsx";

const ready = ["I cannot aim a camera.", "The camera does not work well.", "I have no document with me."] as const;

/** The human way: nothing more is taken, and the proctor looks at the live picture instead. */
export function LeaveToProctor({ session }: { readonly session: AttemptSession }) {
  const [isOpen, setIsOpen] = useState(false);
  const [reason, setReason] = useState("");
  const refusal = useStore(session.store, (state) => state.refusal);
  if (!isOpen) {
    return (
      <Button mt="xl" px={0} variant="subtle" onClick={() => setIsOpen(true)}>
        Ask the proctor to check instead …
      </Button>
    );
  }

  function leave(event: FormEvent): void {
    event.preventDefault();
    if (reason.trim() !== "") void session.submit({ type: "leaveIdentityToProctor", reason });
  }

  return (
    <form className={`${styles["device"]} ${styles["human-way"]}`} onSubmit={leave}>
      <Text mb="xs">
        The proctor then compares you with your document in the live picture, and can speak and write with you. It may
        take a little longer. Your reason is kept in the record.
      </Text>
      <TextBox
        label="Why?"
        rows={2}
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Group gap="xs" mt="xs">
        {ready.map((sentence) => (
          <Button key={sentence} size="compact-sm" variant="default" onClick={() => setReason(sentence)}>
            {sentence}
          </Button>
        ))}
      </Group>
      {refusal === null ? null : (
        <div className={styles["advice"]} role="alert">
          {refusalWords(refusal)}
        </div>
      )}
      <Group mt="md">
        <Button type="submit" disabled={reason.trim() === ""}>
          Ask the proctor to check
        </Button>
        <Button variant="default" onClick={() => setIsOpen(false)}>
          Back to the photographs
        </Button>
      </Group>
    </form>
  );
}
