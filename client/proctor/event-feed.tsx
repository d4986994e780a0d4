import { Checkbox, Group, Text, Title } from "@mantine/core";
import { useState } from "react";
import type { AttemptId } from "#domain/exam/ids.ts";
import { useStore } from "../session/store.ts";
import { factSentence } from "../ui/fact-sentence.ts";
import classes from "./proctor.module.css";
import { useRoomNames } from "./room-names.ts";
import type { SittingConsole } from "./room-lines.ts";
import { SeverityBadge } from "./severity-badge.tsx";

type Props = { readonly session: SittingConsole; readonly onOpen: (attemptId: AttemptId) => void };

const timeOfDay = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", second: "2-digit" });

/** What happens, as it happens, newest first. An entry opens its candidate. */
export function EventFeed({ session, onOpen }: Props) {
  const entries = useStore(session.rooms, ({ feed }) => feed);
  const roomOf = useRoomNames(session);
  const [onlyNoted, setOnlyNoted] = useState(false);
  const shown = onlyNoted ? entries.filter(({ fact }) => fact.type === "violationNoted") : entries;
  return (
    <section className={classes["card"]} aria-labelledby="feed-title">
      <Group justify="space-between" mb="xs">
        <Title order={2} size="h5" id="feed-title">
          What happens
        </Title>
        <Checkbox
          size="xs"
          label="Only what was noted"
          checked={onlyNoted}
          onChange={(event) => setOnlyNoted(event.currentTarget.checked)}
        />
      </Group>
      {shown.length === 0 ? (
        <Text size="sm" c="dimmed">
          {onlyNoted ? "Nothing was noted so far." : "Nothing has happened yet."}
        </Text>
      ) : (
        <ol className={classes["feed"]}>
          {shown.slice(0, 100).map((entry) => (
            <li key={`${entry.attemptId} ${entry.position}`}>
              <button type="button" className={classes["entry"]} onClick={() => onOpen(entry.attemptId)}>
                <span className={classes["line"]}>
                  <span className={classes["name"]}>{entry.name}</span>
                  <time className={classes["clock"]} dateTime={new Date(entry.at).toISOString()}>
                    {timeOfDay.format(entry.at)}
                  </time>
                </span>
                {roomOf(entry.attemptId) === null ? null : (
                  <span className={classes["faint"]}>{roomOf(entry.attemptId)} · </span>
                )}
                {entry.fact.type === "violationNoted" ? (
                  <SeverityBadge severity={entry.fact.violation.severity} />
                ) : null}{" "}
                {factSentence(entry.fact, entry.by)}
              </button>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
