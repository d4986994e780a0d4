import { Button, CloseButton, Group, Stack, Text, Title } from "@mantine/core";
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from "react";
import type { Attention } from "#domain/integrity/attention.ts";
import type { Tile } from "#protocol/session/down.ts";
import { useStore } from "../session/store.ts";
import { factSentence, signalWords } from "../ui/fact-sentence.ts";
import { formatTime } from "../ui/format-moment.ts";
import { CandidateTime } from "./candidate-time.tsx";
import { Conversation } from "./conversation.tsx";
import { IdentityCheck, isComparing } from "./identity-check.tsx";
import { type Give, Interventions } from "./interventions.tsx";
import { LatestStills } from "./latest-stills.tsx";
import { LiveVideo } from "./live-video.tsx";
import { actWords, statusWords } from "./possible.ts";
import classes from "./proctor.module.css";
import type { SittingConsole } from "./room-lines.ts";
import { type Pictures, useSeat } from "./seat.ts";
import { SeverityBadge } from "./severity-badge.tsx";
import { TakeOverRequest } from "./take-over-request.tsx";
import { pictureReason } from "./tile-words.ts";
import { TroubledSensors } from "./troubled-sensors.tsx";
import { WhyHere } from "./why-here.tsx";

type Props = {
  readonly tile: Tile;
  /** The name of the room, where there are several. */
  readonly room: string | null;
  readonly session: SittingConsole;
  readonly receiver: Pictures;
  /** Why it stood where it did in the order when it was opened. */
  readonly why: Attention;
  readonly onCommand: Give;
  readonly onClose: () => void;
};

/** One candidate, large: camera, screen, sound on demand, what happened, and what can be done. */
export function CandidatePanel({ tile, room, session, receiver, why, onCommand, onClose }: Props) {
  const { attemptId, view } = tile;
  const reason = view.reason ?? view.closing?.reason ?? null;
  const heading = useHeldFocus(view.status);
  const everything = useStore(session.rooms, ({ feed: all }) => all);
  const feed = useMemo(() => everything.filter((entry) => entry.attemptId === attemptId), [everything, attemptId]);
  const [isListening, setListening] = useState(false);
  const canWatch = (track: "focus" | "screen" | "microphone"): boolean => tile.online && view.live.includes(track);
  const camera = useSeat(receiver, canWatch("focus") ? { attemptId, track: "focus" } : null);
  const screen = useSeat(receiver, canWatch("screen") ? { attemptId, track: "screen" } : null);
  const sound = useSeat(receiver, isListening && canWatch("microphone") ? { attemptId, track: "microphone" } : null);
  const place = useStore(session.rooms, ({ places }) => places.get(attemptId));
  const comparing = place !== undefined && isComparing(view);
  const live = (
    <LiveVideo watched={camera} label={`Camera of ${view.name}`} placeholder={pictureReason(tile)} isMuted />
  );
  const closeByKey = (event: KeyboardEvent<HTMLElement>): void => {
    const isOfDialog = event.target instanceof Element && event.target.closest("dialog") !== null;
    if (event.key === "Escape" && !isOfDialog) onClose();
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape from whatever is focused within
    <section
      className={`${classes["card"]} ${classes["panel"]}`}
      aria-label={view.name}
      data-panel={attemptId}
      onKeyDown={closeByKey}
    >
      <Stack gap="sm">
        <Group justify="space-between" wrap="nowrap" align="start">
          <div>
            <Title order={2} size="h4" ref={heading} tabIndex={-1}>
              {view.name}
            </Title>
            <Text size="sm">
              {room === null ? "" : `${room} · `}
              {statusWords(view.status, view.breakUntil)}
              {view.checkFirst ? " (checking the new computer)" : ""}
              {reason === null ? "" : `: ${reason}`}
            </Text>
          </div>
          <CloseButton aria-label={`Close ${view.name}`} onClick={onClose} />
        </Group>
        <TakeOverRequest key={view.takeOver?.request} tile={tile} onCommand={onCommand} />
        <Interventions tile={tile} onCommand={onCommand} />
        <Unanswered tile={tile} session={session} />
        {place === undefined ? null : (
          <IdentityCheck tile={tile} examSessionId={place} live={comparing ? live : null} onCommand={onCommand} />
        )}
        <div className={classes["pictures"]}>
          {comparing ? null : live}
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
              <span key={kind} className={classes["mark"]} data-tone="caution">
                {signalWords(kind)} now
              </span>
            ))}
          </Group>
        ) : null}
        <TroubledSensors sensors={view.sensors} />
        <WhyHere attention={why} />
        {place === undefined ? null : <LatestStills tile={tile} examSessionId={place} />}
        <CandidateTime tile={tile} session={session} onCommand={onCommand} />
        <Conversation messages={view.messages} onSend={(text) => onCommand(tile, { type: "sendMessage", text })} />
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

/** What was asked for this candidate and is not answered yet. It appears only when the answer takes longer than usual. */
function Unanswered({ tile, session }: Pick<Props, "tile" | "session">) {
  const waiting = useStore(session.waiting, (all) => all);
  const mine = waiting.filter(({ attemptId }) => attemptId === tile.attemptId);
  if (mine.length === 0) return null;
  return (
    <p className={classes["unanswered"]} role="status">
      Not yet confirmed: {mine.map(({ command }) => actWords(command.type)).join(", ")}
    </p>
  );
}

/** The heading takes the focus when the panel opens, and again when an act took its own button away. */
function useHeldFocus(status: Tile["view"]["status"]) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const seen = useRef(status);
  useEffect(() => {
    if (seen.current === status) return;
    seen.current = status;
    if (document.activeElement === document.body) heading.current?.focus({ preventScroll: true });
  }, [status]);
  return heading;
}
