import { Alert, List, Text, Title } from "@mantine/core";
import type { EpochMs } from "#domain/integrity/signal.ts";
import { useStore } from "../session/store.ts";
import { count, formatDuration } from "../ui/format-duration.ts";
import { formatTime } from "../ui/format-moment.ts";
import type { Playback } from "./playback.ts";
import type { Gap, GapReason, RecordedSegment, TrackPlan } from "./playback-plan.ts";
import styles from "./review.module.css";
import type { TrackPlayer } from "./track-player.ts";

type RecordingIntegrityProps = {
  readonly plans: readonly TrackPlan[];
  /** Gaps of the plans and the parts of the exam before and after them. */
  readonly gaps: readonly Gap[];
  readonly playback: Playback;
};

const reasons: Readonly<Record<GapReason, string>> = {
  "not-recorded": "not recorded",
  "never-arrived": "recorded, and never arrived at the server",
  lost: "stored and named in the log, and not in the store any more",
};

/** What is missing of the recording, named plainly, and whether what was played is what the log says. */
export function RecordingIntegrity({ plans, gaps, playback }: RecordingIntegrityProps) {
  const pieces = plans.flatMap(({ runs }) => runs.flatMap(({ segments }) => segments));
  return (
    <section aria-labelledby="integrity-title">
      <Title order={2} size="h3" id="integrity-title" mb="xs">
        Is the recording whole?
      </Title>
      <Text mb="xs">
        {count(pieces.length, "piece")} stored. Each is held against the hash in the attempt's log when it is fetched:
        what you see is what was recorded.
      </Text>
      {playback.players.map((player, index) => (
        <Altered key={plans[index]?.track ?? index} player={player} />
      ))}
      {gaps.length === 0 ? (
        <Text>✓ No part of it is missing.</Text>
      ) : (
        <>
          <Text>⚠ {count(gaps.length, "part")} missing:</Text>
          <List spacing={4} mt={4}>
            {gaps.map((gap) => (
              <List.Item key={`${gap.track} ${gap.from}`}>
                <button type="button" className={styles["momentLink"]} onClick={() => playback.goTo(gap.from)}>
                  {formatTime(gap.from)} to {formatTime(gap.to)}
                </button>
                : {formatDuration(gap.to - gap.from)} of the {gap.track}, {reasons[gap.reason]}.
              </List.Item>
            ))}
          </List>
        </>
      )}
    </section>
  );
}

function Altered({ player }: { readonly player: TrackPlayer }) {
  const altered = useStore(player.altered, (segments) => segments);
  if (altered.length === 0) return null;
  return (
    <Alert color="red" title="Stored bytes differ from the log" variant="outline" mb="sm" role="alert">
      These pieces are not what was recorded, and are not shown: {altered.map(pieceWords).join("; ")}. Report it to
      whoever runs your installation: the store may be damaged or tampered with.
    </Alert>
  );
}

function pieceWords({ track, run, index, startsAt }: RecordedSegment): string {
  return `${track} at ${formatTime(startsAt)} (run ${run}, piece ${index})`;
}

/** The parts of a track that lie within the exam and before its first or after its last piece. */
export function gapsAtTheEnds(plan: TrackPlan, from: EpochMs, to: EpochMs): readonly Gap[] {
  const { track, runs } = plan;
  const worthNaming = (gap: Gap) => gap.to - gap.from > 5_000;
  if (runs.length === 0) return [{ track, from, to, reason: "not-recorded" } as const].filter(worthNaming);
  const first = Math.min(...runs.map(({ startsAt }) => startsAt));
  const last = Math.max(...runs.map(({ endsAt }) => endsAt));
  const ends: readonly Gap[] = [
    { track, from, to: first, reason: "not-recorded" },
    { track, from: last, to, reason: "not-recorded" },
  ];
  return ends.filter(worthNaming);
}
