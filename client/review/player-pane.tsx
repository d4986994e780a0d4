import { Button, Text, Title } from "@mantine/core";
import { useEffect, useRef } from "react";
import type { EpochMs } from "#domain/integrity/signal.ts";
import { useStore } from "../session/store.ts";
import { formatTime } from "../ui/format-moment.ts";
import type { GapReason } from "./playback-plan.ts";
import styles from "./review.module.css";
import type { TrackPlayer, TrackState } from "./track-player.ts";

type PlayerPaneProps = {
  readonly title: string;
  readonly player: TrackPlayer;
  readonly muted: boolean;
  /** Asks for the recording's addresses anew before the player tries again. */
  readonly onRetry: () => void;
  readonly onGoTo: (at: EpochMs) => void;
};

const gapWords: Readonly<Record<GapReason, string>> = {
  "not-recorded": "Nothing was recorded at this moment.",
  "never-arrived": "The recording of this moment never reached the server.",
  lost: "The recording of this moment was stored and is not there any more.",
};

/** One track's picture, or in plain words why there is none at this moment. */
export function PlayerPane({ title, player, muted, onRetry, onGoTo }: PlayerPaneProps) {
  const video = useRef<HTMLVideoElement>(null);
  const state = useStore(player.state, (all) => all);
  const isShown = state.picture === "shown";
  const words = wordsFor(state);
  const until = state.picture === "missing" && state.place?.kind === "missing" ? state.place.until : null;

  useEffect(() => (video.current === null ? undefined : player.attach(video.current)), [player]);

  return (
    <section className={styles["pane"]} aria-label={title}>
      <Title order={3} size="h5">
        {title}
      </Title>
      <div className={styles["picture"]}>
        {/* A recording of a person at work has no script: what matters of it is told by the timeline. */}
        {/* oxlint-disable-next-line jsx-a11y/media-has-caption -- there is no script, as said above */}
        <video
          ref={video}
          muted={muted}
          playsInline
          preload="auto"
          style={{ visibility: isShown ? "visible" : "hidden" }}
        />
        {words === null ? null : (
          <div className={styles["instead"]}>
            <Text size="sm">{words}</Text>
            {state.picture === "unreachable" ? (
              <Button variant="white" size="xs" mt="xs" onClick={onRetry}>
                Try again
              </Button>
            ) : null}
            {until === null ? null : (
              <Button variant="white" size="xs" mt="xs" onClick={() => onGoTo(until)}>
                Go there
              </Button>
            )}
          </div>
        )}
      </div>
    </section>
  );
}

function wordsFor({ picture, place }: TrackState): string | null {
  switch (picture) {
    case "shown":
      return null;
    case "loading":
      return "Loading …";
    case "unreachable":
      return "This piece cannot be fetched now. Check your connection.";
    case "altered":
      return "This piece is not shown: its bytes are not those that the log names.";
    case "unreadable":
      return "This piece is there, but no picture can be shown here: the pieces before it are missing, or this browser cannot read them.";
    case "missing": {
      if (place === null || place.kind === "recorded") return null;
      const next = place.until === null ? "There is nothing after it." : `It goes on at ${formatTime(place.until)}.`;
      return `${gapWords[place.reason]} ${next}`;
    }
  }
}
