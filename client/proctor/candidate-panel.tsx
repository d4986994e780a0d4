import { Badge, Button, CloseButton, Group, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import type { ProctorCommand } from "#domain/attempt/command.ts";
import type { EpochMs } from "#domain/integrity/signal.ts";
import type { FeedEntry, Tile } from "#protocol/session/down.ts";
import type { Receiver } from "../media/receiver.ts";
import { factSentence, signalWords } from "../ui/fact-sentence.ts";
import { formatDuration } from "../ui/format-duration.ts";
import { formatTime } from "../ui/format-moment.ts";
import { Conversation } from "./conversation.tsx";
import { Interventions } from "./interventions.tsx";
import { LiveVideo } from "./live-video.tsx";
import { statusWords } from "./possible.ts";
import classes from "./proctor.module.css";
import { useSeat } from "./seat.ts";
import { SeverityBadge } from "./severity-badge.tsx";
import { pictureReason, timeLeft } from "./tile-words.ts";

type Props = {
  readonly tile: Tile;
  readonly feed: readonly FeedEntry[];
  readonly now: EpochMs;
  readonly receiver: Receiver;
  readonly onCommand: (command: ProctorCommand) => void;
  readonly onClose: () => void;
};

/** One candidate, large: camera, screen, sound on demand, what happened, and what can be done. */
export function CandidatePanel({ tile, feed, now, receiver, onCommand, onClose }: Props) {
  const { attemptId, view } = tile;
  const [isListening, setListening] = useState(false);
  const canWatch = (track: "focus" | "screen" | "microphone"): boolean => tile.online && view.live.includes(track);
  const camera = useSeat(receiver, canWatch("focus") ? { attemptId, track: "focus" } : null);
  const screen = useSeat(receiver, canWatch("screen") ? { attemptId, track: "screen" } : null);
  const sound = useSeat(receiver, isListening && canWatch("microphone") ? { attemptId, track: "microphone" } : null);
  return (
    <section className={classes["side"]} aria-label={view.name} data-panel={attemptId}>
      <Stack gap="sm">
        <Group justify="space-between" wrap="nowrap" align="start">
          <div>
            <Title order={2} size="h4">
              {view.name}
            </Title>
            <Text size="sm">
              {statusWords(view.status)}
              {view.reason === null ? "" : `: ${view.reason}`}
            </Text>
          </div>
          <CloseButton aria-label={`Close ${view.name}`} onClick={onClose} />
        </Group>
        <Interventions view={view} onCommand={onCommand} />
        <div className={classes["pictures"]}>
          <LiveVideo watched={camera} label={`Camera of ${view.name}`} placeholder={pictureReason(tile)} isMuted />
          <LiveVideo
            watched={screen}
            label={`Screen of ${view.name}`}
            placeholder={canWatch("screen") ? "Waiting for the screen…" : "No screen is shared"}
            isMuted
          />
        </div>
        {canWatch("microphone") ? (
          <Group gap="xs">
            <Button
              size="xs"
              variant={isListening ? "filled" : "default"}
              aria-pressed={isListening}
              onClick={() => setListening(!isListening)}
            >
              {isListening ? "Stop listening" : "Listen"}
            </Button>
            {isListening ? <Sound stream={sound.stream} /> : null}
          </Group>
        ) : null}
        {view.conditions.length > 0 ? (
          <Group gap="xs">
            {view.conditions.map((kind) => (
              <Badge key={kind} variant="light" color="yellow" radius="sm">
                {signalWords(kind)} now
              </Badge>
            ))}
          </Group>
        ) : null}
        <TimeLedger tile={tile} now={now} />
        <Conversation messages={view.messages} onSend={(text) => onCommand({ type: "sendMessage", text })} />
        <section aria-label={`What happened with ${view.name}`}>
          <Title order={3} size="h5" mb="xs">
            What happened
          </Title>
          {feed.length === 0 ? (
            <Text size="sm" c="dimmed">
              Nothing yet.
            </Text>
          ) : (
            <ol className={classes["feed"]}>
              {feed.map((entry) => (
                <li key={entry.position} className={classes["happened"]}>
                  <span className={classes["clock"]}>{formatTime(entry.at)}</span>{" "}
                  {entry.fact.type === "violationNoted" ? (
                    <SeverityBadge severity={entry.fact.violation.severity} />
                  ) : null}{" "}
                  {factSentence(entry.fact, entry.by)}
                </li>
              ))}
            </ol>
          )}
        </section>
      </Stack>
    </section>
  );
}

function Sound({ stream }: { readonly stream: MediaStream | null }) {
  return (
    <>
      {/* oxlint-disable-next-line jsx-a11y/media-has-caption -- nobody writes captions for what is said now */}
      <audio
        autoPlay
        ref={(element) => {
          if (element !== null) element.srcObject = stream;
        }}
      />
      <Text size="xs" c="dimmed" role="status">
        {stream === null ? "Connecting the sound…" : "You hear the candidate's microphone."}
      </Text>
    </>
  );
}

function TimeLedger({ tile, now }: { readonly tile: Tile; readonly now: EpochMs }) {
  const { time, answered, items } = tile.view;
  if (time === null) return null;
  return (
    <details>
      <summary>
        {timeLeft(time, now)} left · {answered} of {items} answered
      </summary>
      <ul>
        {time.entries.map((entry) => (
          <li key={`${entry.at} ${entry.kind}`}>
            <Text size="sm" span>
              {formatDuration(entry.ms)}: {entry.reason}
            </Text>
          </li>
        ))}
      </ul>
    </details>
  );
}
