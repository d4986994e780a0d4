import { Button, Group, Text } from "@mantine/core";
import { announce } from "../ui/announcer.tsx";
import { formatClock } from "../ui/format-duration.ts";
import { formatTime } from "../ui/format-moment.ts";
import { useStore } from "../session/store.ts";
import type { Playback } from "./playback.ts";
import type { TrackPlan } from "./playback-plan.ts";
import styles from "./review.module.css";
import { neighbourOf, type TimelineEntry } from "./timeline-entry.ts";

type TransportProps = {
  readonly playback: Playback;
  readonly violations: readonly TimelineEntry[];
  readonly plans: readonly TrackPlan[];
};

const jumpMs = 10_000;

export type TransportAction = "toggle" | "back" | "forward" | "next" | "previous" | "speed";

/** The key of each action, while the focus is within the recording. */
export function actionForKey(key: string): TransportAction | null {
  switch (key.toLowerCase()) {
    case "k":
      return "toggle";
    case "j":
      return "back";
    case "l":
      return "forward";
    case "n":
      return "next";
    case "p":
      return "previous";
    case "s":
      return "speed";
    default:
      return null;
  }
}

export function perform(action: TransportAction, playback: Playback, violations: readonly TimelineEntry[]): void {
  const { at, rate } = playback.state.get();
  switch (action) {
    case "toggle":
      return playback.toggle();
    case "back":
      return playback.goTo(at - jumpMs);
    case "forward":
      return playback.goTo(at + jumpMs);
    case "speed":
      return playback.setRate(rate === 1 ? 2 : 1);
    case "next":
    case "previous": {
      const violation = neighbourOf(violations, at, action);
      if (violation === null) return announce(`There is no ${action} violation.`);
      playback.goTo(violation.moment);
      return announce(violation.text);
    }
  }
}

/** Moves through the recording: buttons, a slider, and a strip that shows what is recorded and where the violations are. */
export function Transport({ playback, violations, plans }: TransportProps) {
  const { span } = playback;
  const at = useStore(playback.state, (state) => Math.floor(state.at / 1000) * 1000);
  const playing = useStore(playback.state, (state) => state.playing);
  const waiting = useStore(playback.state, (state) => state.waiting);
  const rate = useStore(playback.state, (state) => state.rate);
  const act = (action: TransportAction) => () => perform(action, playback, violations);
  const length = Math.max(1, span.to - span.from);
  const into = formatClock(at - span.from);
  return (
    <div className={styles["transport"]}>
      <Strip plans={plans} violations={violations} from={span.from} length={length} />
      <input
        type="range"
        className={styles["slider"]}
        aria-label="Moment of the attempt"
        aria-valuetext={`${into} of ${formatClock(length)}, ${formatTime(at)}`}
        min={0}
        max={Math.ceil(length / 1000)}
        step={1}
        value={Math.round((at - span.from) / 1000)}
        onChange={(event) => playback.goTo(span.from + Number(event.currentTarget.value) * 1000)}
      />
      <Group gap="xs">
        <Button size="sm" onClick={act("toggle")} miw="6rem">
          {playing ? "Pause" : "Play"}
        </Button>
        <Button variant="default" size="sm" onClick={act("back")} aria-label="−10 s, back 10 seconds">
          −10 s
        </Button>
        <Button variant="default" size="sm" onClick={act("forward")} aria-label="+10 s, forward 10 seconds">
          +10 s
        </Button>
        <Button variant="default" size="sm" disabled={violations.length === 0} onClick={act("previous")}>
          Previous violation
        </Button>
        <Button variant="default" size="sm" disabled={violations.length === 0} onClick={act("next")}>
          Next violation
        </Button>
        <Button variant="default" size="sm" onClick={act("speed")} aria-label={`${rate}× speed, change it`}>
          {rate}×
        </Button>
        <Text size="sm" className={styles["clock"]}>
          {into} of {formatClock(length)} · {formatTime(at)}
          {waiting ? " · loading …" : ""}
        </Text>
      </Group>
      <Text size="xs" c="dimmed">
        Keys, while the focus is in this part of the page: K play or pause, J and L 10 seconds back and forward, P and N
        previous and next violation, S speed.
      </Text>
    </div>
  );
}

type StripProps = {
  readonly plans: readonly TrackPlan[];
  readonly violations: readonly TimelineEntry[];
  readonly from: number;
  readonly length: number;
};

/** A picture of what the list of gaps and the timeline say in words. */
function Strip({ plans, violations, from, length }: StripProps) {
  const percent = (ms: number) => `${(100 * ms) / length}%`;
  return (
    <div className={styles["strip"]} aria-hidden="true">
      {plans.map((plan) => (
        <div key={plan.track} className={styles["stripRow"]}>
          {plan.runs.map((run) => (
            <span
              key={run.run}
              className={styles["recorded"]}
              style={{ left: percent(run.startsAt - from), width: percent(run.endsAt - run.startsAt) }}
            />
          ))}
          {plan.gaps.map((gap) => (
            <span
              key={gap.from}
              className={styles["gap"]}
              style={{ left: percent(gap.from - from), width: percent(gap.to - gap.from) }}
            />
          ))}
        </div>
      ))}
      {violations.map(({ seq, moment }) => (
        <span key={seq} className={styles["mark"]} style={{ left: percent(moment - from) }} />
      ))}
    </div>
  );
}
