import { Button, Group } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import type { AttemptId } from "#domain/exam/ids.ts";
import { recordRoom, type RoomRecording, roomRecordingMs } from "../media/record-room.ts";
import { qualityWords } from "../ui/quality-words.ts";
import { LivePreview } from "./live-preview.tsx";
import styles from "./take-exam.module.css";
import { TakenPicture } from "./taken-picture.tsx";
import { useCameraLook } from "./use-camera-look.ts";
import type { Taken } from "./use-identity-upload.ts";

type RoomScanProps = { readonly attemptId: AttemptId; readonly track: MediaStreamTrack };

/** What is said during the recording, and from which second on. */
const directions = [
  { from: 0, say: "Turn the camera slowly to the left." },
  { from: 4, say: "Now slowly to the right." },
  { from: 8, say: "Now show your desk." },
  { from: 12, say: "Now what is behind the screen." },
] as const;
const shortestSeconds = 10;

/** Records the room for a quarter of a minute, and says where to turn the camera. */
export function RoomScan({ attemptId, track }: RoomScanProps) {
  const [stream] = useState(() => new MediaStream([track]));
  const { hints } = useCameraLook("room", track, null);
  const [recording, setRecording] = useState<RoomRecording | null>(null);
  const [second, setSecond] = useState(0);
  const [taken, setTaken] = useState<Taken | null>(null);
  const [hasFailed, setHasFailed] = useState(false);
  const lastHints = useRef(hints);
  useEffect(() => {
    lastHints.current = hints;
  }, [hints]);
  useEffect(() => () => (taken === null ? undefined : URL.revokeObjectURL(taken.url)), [taken]);

  useEffect(() => {
    if (recording === null) return;
    let isGone = false;
    const timer = setInterval(() => setSecond((before) => before + 1), 1_000);
    void recording.done.then((recorded) => {
      if (isGone) return;
      setRecording(null);
      if (recorded === null) return setHasFailed(true);
      const url = URL.createObjectURL(new Blob([recorded.bytes], { type: "video/webm" }));
      setTaken({ ...recorded, hints: lastHints.current ?? ["not-looked-at"], url });
    });
    return () => {
      isGone = true;
      clearInterval(timer);
      recording.stop();
    };
  }, [recording]);

  function begin(): void {
    const begun = recordRoom(track);
    setHasFailed(begun === null);
    setSecond(0);
    setRecording(begun);
  }

  if (taken !== null) {
    return (
      <TakenPicture attemptId={attemptId} capture="room" taken={taken} onAgain={() => setTaken(null)}>
        <video className={styles["taken"]} src={taken.url} controls muted aria-label="The recording of your room" />
      </TakenPicture>
    );
  }
  const left = Math.max(0, roomRecordingMs / 1_000 - second);
  return (
    <>
      <LivePreview stream={stream} label="Your camera's picture" />
      <p className={styles["hint"]} role="status">
        {recording === null
          ? (hints ?? []).slice(0, 1).map((hint) => qualityWords(hint).whatToDo)
          : directions.findLast(({ from }) => from <= second)?.say}
      </p>
      {recording === null ? null : <p aria-hidden>{left} seconds left</p>}
      {hasFailed ? (
        <div className={styles["advice"]} role="alert">
          The recording did not work in this browser. Try again, or ask the proctor to check instead.
        </div>
      ) : null}
      <Group mt="md">
        {recording === null ? (
          <Button size="md" onClick={begin}>
            Begin the recording
          </Button>
        ) : (
          <Button size="md" variant="default" disabled={second < shortestSeconds} onClick={() => recording.stop()}>
            That is all
          </Button>
        )}
      </Group>
    </>
  );
}
