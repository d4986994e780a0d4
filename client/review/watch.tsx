import { Stack, Title } from "@mantine/core";
import { useEffect, useMemo, useRef } from "react";
import { recordedTracks } from "#domain/attempt/command.ts";
import type { EpochMs } from "#domain/integrity/signal.ts";
import type { Deletion } from "#protocol/http/retention.ts";
import type { AttemptRecord, Recording } from "#protocol/http/review.ts";
import { EmptyState } from "../ui/empty-state.tsx";
import { deletionWords } from "./deletion-words.ts";
import { violationsOf } from "./noted-violation.ts";
import { createPlayback, type Playback } from "./playback.ts";
import { planOf, type RecordedSegment, spanOf, type TrackPlan } from "./playback-plan.ts";
import { PlayerPane } from "./player-pane.tsx";
import { gapsAtTheEnds, RecordingIntegrity } from "./recording-integrity.tsx";
import styles from "./review.module.css";
import { fetchSegment } from "./segment-source.ts";
import { Timeline } from "./timeline.tsx";
import { timelineOf } from "./timeline-entry.ts";
import { createTrackPlayer } from "./track-player.ts";
import { useDeletions } from "./use-deletions.ts";
import { ViolationList } from "./violation-list.tsx";
import { actionForKey, perform, Transport } from "./transport.tsx";

type WatchProps = {
  readonly record: AttemptRecord;
  readonly recording: Recording;
  /** Asks for the recording again; resolves when its addresses are new. */
  readonly onRetry: () => Promise<void>;
  /** There is no recording to show to this member: the pictures and what is said of them stay away. */
  readonly isTimelineOnly?: boolean;
};

type Addresses = { current: ReadonlyMap<string, string | null> };

const titles = { camera: "Camera and microphone", screen: "Screen" } as const;

/** Pictures, transport and timeline of one attempt, on the server's one clock. */
export function Watch({ record, recording, onRetry, isTimelineOnly = false }: WatchProps) {
  // The plan is made once for what is recorded: new addresses for the same pieces must not stop the pictures.
  const pieces = JSON.stringify(recording.segments.map(({ url, ...piece }) => ({ ...piece, isThere: url !== null })));
  const addresses = useRef<ReadonlyMap<string, string | null>>(new Map());
  useEffect(() => {
    addresses.current = new Map(recording.segments.map((segment) => [placeOf(segment), segment.url]));
  }, [recording]);
  // oxlint-disable-next-line react/exhaustive-deps -- `pieces` says when the segments are others.
  const plans = useMemo(() => recordedTracks.map((track) => planOf(track, recording.segments)), [pieces]);
  const entries = useMemo(() => timelineOf(record.events), [record.events]);
  const noted = useMemo(() => violationsOf(record.events), [record.events]);
  const playback = usePlayback(plans, record, addresses);
  const { recordings: gone } = useDeletions(record.attemptId);
  if (playback === null) {
    return <EmptyState title="Nothing has happened yet">The candidate has not begun. Come back later.</EmptyState>;
  }
  const violations = entries.filter(({ group }) => group === "violations");
  // What was never recorded is not said to be deleted, whenever its time was over.
  const deletion = recording.segments.length === 0 ? undefined : gone;
  const isRecorded = recording.segments.length > 0 && deletion === undefined;
  return (
    <Stack gap="xl">
      <div className={styles["columns"]}>
        <Stack gap="lg">
          {isTimelineOnly ? null : (
            <Pictures
              playback={playback}
              plans={plans}
              violations={violations}
              isRecorded={isRecorded}
              deletion={deletion}
              onRetry={onRetry}
            />
          )}
          {isTimelineOnly || !isRecorded ? null : (
            <RecordingIntegrity plans={plans} gaps={gapsOf(plans, record)} playback={playback} />
          )}
        </Stack>
        <Timeline entries={entries} playback={playback} />
      </div>
      <ViolationList
        attemptId={record.attemptId}
        isTimelineOnly={isTimelineOnly || !isRecorded}
        violations={noted}
        playback={playback}
      />
    </Stack>
  );
}

function usePlayback(plans: readonly TrackPlan[], record: AttemptRecord, addresses: Addresses): Playback | null {
  const { events } = record;
  const playback = useMemo(() => {
    const told = events.filter(({ fact }) => fact.type !== "registered" && fact.type !== "segmentStored");
    const span = spanOf(
      plans,
      told.map(({ at }) => at),
    );
    if (span === null) return null;
    const players = plans.map((plan) =>
      createTrackPlayer(plan, async (segment, signal) => {
        const url = addresses.current.get(placeOf(segment)) ?? null;
        return url === null ? { state: "unreachable" } : await fetchSegment(segment, url, signal);
      }),
    );
    return createPlayback(span, players, firstPicture(plans) ?? span.from);
  }, [plans, events, addresses]);
  useEffect(() => playback?.start(), [playback]);
  return playback;
}

type PicturesProps = {
  readonly playback: Playback;
  readonly plans: readonly TrackPlan[];
  readonly violations: ReturnType<typeof timelineOf>;
  readonly isRecorded: boolean;
  /** Where it was recorded and is gone. */
  readonly deletion: Deletion | undefined;
  readonly onRetry: () => Promise<void>;
};

function Pictures({ playback, plans, violations, isRecorded, deletion, onRetry }: PicturesProps) {
  const region = useRef<HTMLElement>(null);

  useEffect(() => {
    const element = region.current;
    if (element === null) return;
    function onKeyDown(event: KeyboardEvent) {
      const action = event.ctrlKey || event.altKey || event.metaKey ? null : actionForKey(event.key);
      if (action === null) return;
      event.preventDefault();
      perform(action, playback, violations);
    }
    element.addEventListener("keydown", onKeyDown);
    return () => element.removeEventListener("keydown", onKeyDown);
  }, [playback, violations]);

  if (deletion !== undefined) {
    return (
      <EmptyState title="The recording was deleted">
        It was {deletionWords(deletion)}. The timeline tells what happened; the hash of each piece stays in the log.
      </EmptyState>
    );
  }
  if (!isRecorded) {
    return (
      <EmptyState title="There is no recording">
        No piece of camera or screen has reached the server. The timeline tells what happened.
      </EmptyState>
    );
  }
  return (
    <section ref={region} aria-labelledby="recording-title">
      <Title order={2} size="h4" id="recording-title" mb="xs">
        Recording
      </Title>
      <div className={styles["panes"]}>
        {playback.players.map((player, index) => {
          const track = plans[index]?.track ?? "camera";
          return (
            <PlayerPane
              key={track}
              title={titles[track]}
              player={player}
              muted={track === "screen"}
              onGoTo={playback.goTo}
              onRetry={() => void onRetry().then(() => player.retry())}
            />
          );
        })}
      </div>
      <Transport playback={playback} violations={violations} plans={plans} />
    </section>
  );
}

/** The first moment at which all that was recorded can be seen. */
function firstPicture(plans: readonly TrackPlan[]): EpochMs | null {
  const starts = plans.flatMap(({ runs }) => runs.slice(0, 1).map(({ startsAt }) => startsAt));
  return starts.length === 0 ? null : Math.max(...starts);
}

/** Everything that is missing: within the recording, and between it and the exam's opening and end. */
function gapsOf(plans: readonly TrackPlan[], { events }: AttemptRecord) {
  const from = events.find(({ fact }) => fact.type === "paperOpened")?.at ?? null;
  const to = events.find(({ fact }) => fact.type === "handedIn" || fact.type === "terminated")?.at ?? null;
  return plans
    .flatMap((plan) => [...plan.gaps, ...(from === null || to === null ? [] : gapsAtTheEnds(plan, from, to))])
    .toSorted((one, other) => one.from - other.from);
}

function placeOf({ track, run, index }: RecordedSegment): string {
  return `${track} ${run} ${index}`;
}
