import { Button, Title } from "@mantine/core";
import { type FormEvent, useState } from "react";
import type { MessageView } from "#domain/attempt/view.ts";
import { longestMessage } from "#protocol/session/version.ts";
import { formatTime } from "../ui/format-moment.ts";
import type { AttemptSession } from "./attempt-session.ts";
import { TextBox } from "./text-box.tsx";
import styles from "./conversation.module.css";

type ConversationProps = { readonly session: AttemptSession; readonly messages: readonly MessageView[] };

const kindWords = { message: "", warning: ", warning", notice: ", noted" } as const;
const senders = { candidate: "You", proctor: "Proctor", system: "Invigil" } as const;

/** What candidate and proctor write to each other. */
export function Conversation({ session, messages }: ConversationProps) {
  const [text, setText] = useState("");

  function send(event: FormEvent): void {
    event.preventDefault();
    if (text.trim() === "") return;
    void session.submit({ type: "sendMessage", text: text.trim() });
    setText("");
  }

  return (
    <section className={styles["panel"]} aria-labelledby="conversation-title">
      <Title order={2} size="h5" id="conversation-title">
        Messages with the proctor
      </Title>
      {messages.length === 0 ? (
        <p className={styles["empty"]}>Nothing was written yet. Ask whatever you need to know.</p>
      ) : (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls is reached by the keyboard too
        <ol className={styles["messages"]} tabIndex={0} aria-label="Messages">
          {messages.map(({ seq, at, from, kind, text: said }) => (
            <li key={seq} className={styles[`from-${from}`]}>
              <span className={styles["who"]}>
                {senders[from]}
                {kindWords[kind]} · {formatTime(at)}
              </span>
              <span className={styles["text"]}>{said}</span>
            </li>
          ))}
        </ol>
      )}
      <form onSubmit={send} className={styles["form"]}>
        <TextBox
          label="Your message"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          maxLength={longestMessage}
          rows={2}
        />
        <Button type="submit" variant="default">
          Send
        </Button>
      </form>
    </section>
  );
}
