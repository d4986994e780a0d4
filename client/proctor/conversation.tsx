import { Button, Group, Text, TextInput, Title } from "@mantine/core";
import { type FormEvent, useState } from "react";
import type { MessageView } from "#domain/attempt/view.ts";
import { formatTime } from "../ui/format-moment.ts";
import classes from "./proctor.module.css";

type Props = { readonly messages: readonly MessageView[]; readonly onSend: (text: string) => void };

function speaker({ from, kind }: MessageView): string {
  if (from === "candidate") return "Candidate";
  if (from === "system") return kind === "warning" ? "Warning by the policy" : "Notice by the policy";
  return kind === "warning" ? "Warning" : "Proctor";
}

/** The words between the candidate and the proctors, and a line to write the next. */
export function Conversation({ messages, onSend }: Props) {
  const [text, setText] = useState("");
  const send = (event: FormEvent): void => {
    event.preventDefault();
    if (text.trim() === "") return;
    onSend(text);
    setText("");
  };
  return (
    <section aria-label="Messages">
      <Title order={3} size="h5" mb="xs">
        Messages
      </Title>
      {messages.length === 0 ? (
        <Text size="sm" c="dimmed">
          No messages yet.
        </Text>
      ) : (
        <ol className={classes["feed"]}>
          {messages.map((message) => (
            <li key={message.seq} className={classes["happened"]}>
              <span className={classes["clock"]}>{formatTime(message.at)}</span> <strong>{speaker(message)}:</strong>{" "}
              {message.text}
              {message.kind === "warning" ? (message.acknowledged ? " (read)" : " (not yet read)") : ""}
            </li>
          ))}
        </ol>
      )}
      <form onSubmit={send}>
        <Group gap="xs" mt="xs" wrap="nowrap" align="end">
          <TextInput
            label="Message to the candidate"
            size="xs"
            style={{ flex: 1 }}
            maxLength={1000}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <Button type="submit" size="xs" variant="default">
            Send
          </Button>
        </Group>
      </form>
    </section>
  );
}
