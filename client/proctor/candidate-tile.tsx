import { Badge, Group, Text } from "@mantine/core";
import { memo, type KeyboardEvent } from "react";
import type { AttemptId } from "#domain/exam/ids.ts";
import type { EpochMs } from "#domain/integrity/signal.ts";
import type { Tile } from "#protocol/session/down.ts";
import type { Receiver } from "../media/receiver.ts";
import { signalWords } from "../ui/fact-sentence.ts";
import { attentionOf, awaitsReply } from "./attention.ts";
import { LiveVideo } from "./live-video.tsx";
import { statusWords } from "./possible.ts";
import classes from "./proctor.module.css";
import { SeverityBadge } from "./severity-badge.tsx";
import { useSeat } from "./seat.ts";
import { useIsNearView } from "./near-view.ts";
import { pictureReason, timeLeft } from "./tile-words.ts";

type Props = {
  readonly tile: Tile;
  readonly now: EpochMs;
  readonly isCurrent: boolean;
  readonly receiver: Receiver;
  readonly onOpen: (attemptId: AttemptId) => void;
  readonly onMove: (event: KeyboardEvent<HTMLElement>) => void;
};

/** One candidate at a glance. It is a button: Enter or a click opens the candidate. */
export const CandidateTile = memo(function CandidateTile({ tile, now, isCurrent, receiver, onOpen, onMove }: Props) {
  const { view } = tile;
  const [box, isNear] = useIsNearView<HTMLButtonElement>();
  const isLive = view.live.includes("thumbnail") && tile.online;
  const watched = useSeat(receiver, isNear && isLive ? { attemptId: tile.attemptId, track: "thumbnail" } : null);
  const { latest, count } = view.violations;
  return (
    <li>
      <button
        type="button"
        ref={box}
        className={classes["tile"]}
        data-attention={attentionOf(tile, now)}
        data-attempt={tile.attemptId}
        aria-current={isCurrent}
        onClick={() => onOpen(tile.attemptId)}
        onKeyDown={onMove}
      >
        <LiveVideo watched={watched} label={`${view.name}, live`} placeholder={pictureReason(tile)} isMuted />
        <span className={classes["facts"]}>
          <span className={classes["line"]}>
            <span className={classes["name"]}>{view.name}</span>
            <span className={classes["clock"]}>{timeLeft(view.time, now)}</span>
          </span>
          <span className={classes["line"]}>
            <span>{statusWords(view.status)}</span>
            <span>{tile.online ? "Online" : view.status === "registered" ? "" : "Offline"}</span>
          </span>
          <Group gap={4} wrap="wrap" component="span">
            {count > 0 ? (
              <Badge size="sm" radius="sm" variant="outline" color="yellow">
                {count} noted
              </Badge>
            ) : null}
            {awaitsReply(tile) ? (
              <Badge size="sm" radius="sm" variant="filled" color="harbour">
                message
              </Badge>
            ) : null}
            {view.conditions.map((kind) => (
              <Badge key={kind} size="sm" radius="sm" variant="light" color="yellow">
                {signalWords(kind)}
              </Badge>
            ))}
          </Group>
          <span className={classes["latest"]}>
            {latest === null ? (
              <Text span inherit c="dimmed">
                Nothing noted
              </Text>
            ) : (
              <>
                <SeverityBadge severity={latest.severity} /> {latest.reason}
              </>
            )}
          </span>
        </span>
      </button>
    </li>
  );
});
