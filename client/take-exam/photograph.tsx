import { Button, Group } from "@mantine/core";
import { useEffect, useState } from "react";
import { largestIdentityBytes } from "#domain/attempt/identity-picture.ts";
import type { AttemptId } from "#domain/exam/ids.ts";
import { openStillCamera, type StillCamera } from "../media/still-camera.ts";
import { announce } from "../ui/announcer.tsx";
import { qualityWords } from "../ui/quality-words.ts";
import { countdownAfter } from "./identity-quality.ts";
import { LivePreview } from "./live-preview.tsx";
import styles from "./take-exam.module.css";
import { TakenPicture } from "./taken-picture.tsx";
import { type CameraLook, useCameraLook } from "./use-camera-look.ts";
import type { Taken } from "./use-identity-upload.ts";

type PhotographProps = {
  readonly attemptId: AttemptId;
  readonly capture: "face" | "document";
  readonly track: MediaStreamTrack;
};

/** Wide enough to read a document by. */
const widest = 1280;

/** Takes a photograph: by itself when it is good, or at once as it is. What is wanting is said and never in the way. */
export function Photograph({ attemptId, capture, track }: PhotographProps) {
  const camera = useStillCamera(track);
  useFinePicture(track, capture === "document");
  const [taken, setTaken] = useState<Taken | null>(null);
  useEffect(() => () => (taken === null ? undefined : URL.revokeObjectURL(taken.url)), [taken]);
  if (taken !== null) {
    return (
      <TakenPicture attemptId={attemptId} capture={capture} taken={taken} onAgain={() => setTaken(null)}>
        <img className={styles["taken"]} src={taken.url} alt={altWords[capture]} />
      </TakenPicture>
    );
  }
  return <Aiming capture={capture} track={track} camera={camera} onTaken={setTaken} />;
}

const altWords = {
  face: "The photograph of your face",
  document: "The photograph of your document",
} as const;

type AimingProps = Pick<PhotographProps, "capture" | "track"> & {
  readonly camera: StillCamera;
  readonly onTaken: (taken: Taken) => void;
};

function Aiming({ capture, track, camera, onTaken }: AimingProps) {
  const look = useCameraLook(capture, track, camera);
  const [isWaiting, setIsWaiting] = useState(false);
  const [isTaking, setIsTaking] = useState(false);
  const [hasFailed, setHasFailed] = useState(false);
  const [askedAt, setAskedAt] = useState({ good: 0, row: 0 });
  const stream = useStream(track);
  // Only looks since the candidate asked for it count: a document may not have been in the picture before.
  const countdown = isWaiting ? countdownAfter(look.good - (look.row === askedAt.row ? askedAt.good : 0)) : null;

  async function take(): Promise<void> {
    if (isTaking) return;
    setIsTaking(true);
    setHasFailed(false);
    const picture = await camera.take(widest, largestIdentityBytes[capture]);
    setIsTaking(false);
    setIsWaiting(false);
    if (picture === null) return setHasFailed(true);
    const { bytes, sha256 } = picture;
    announce("The photograph was taken.");
    const url = URL.createObjectURL(new Blob([bytes], { type: "image/jpeg" }));
    onTaken({ bytes, sha256, hints: look.hints ?? ["not-looked-at"], url });
  }

  useEffect(() => {
    if (countdown === 0) void take();
    // oxlint-disable-next-line react/exhaustive-deps -- once, when the countdown has come to its end
  }, [countdown]);

  return (
    <>
      <LivePreview stream={stream} label="Your camera's picture" isMirrored={capture === "face"} />
      <p className={styles["hint"]} role="status" data-good={look.hints?.length === 0}>
        {hintText(look, countdown)}
      </p>
      {hasFailed ? (
        <div className={styles["advice"]} role="alert">
          The camera gave no picture. Try again, or ask the proctor to check instead.
        </div>
      ) : null}
      <Group mt="md">
        {isWaiting ? (
          <Button size="md" variant="default" onClick={() => setIsWaiting(false)}>
            Stop waiting
          </Button>
        ) : (
          <Button
            size="md"
            onClick={() => {
              setAskedAt({ good: look.good, row: look.row });
              setIsWaiting(true);
            }}
          >
            Take it when it is good
          </Button>
        )}
        <Button size="md" variant="default" loading={isTaking} onClick={() => void take()}>
          Take it now, as it is
        </Button>
      </Group>
    </>
  );
}

function hintText({ hints }: CameraLook, countdown: number | null): string {
  if (hints === null) return "The page is getting ready to look at the picture …";
  const [worst] = hints;
  if (worst !== undefined) return qualityWords(worst).whatToDo;
  return countdown === null ? "This looks good." : `This looks good. Hold still: ${countdown}`;
}

function useStillCamera(track: MediaStreamTrack): StillCamera {
  const [camera] = useState(() => openStillCamera(track));
  useEffect(() => () => camera.stop(), [camera]);
  return camera;
}

function useStream(track: MediaStreamTrack): MediaStream {
  const [stream] = useState(() => new MediaStream([track]));
  return stream;
}

/** A document is read: while it is photographed the camera gives a finer picture, where it can. */
function useFinePicture(track: MediaStreamTrack, isFine: boolean): void {
  useEffect(() => {
    if (!isFine) return;
    const before = track.getConstraints();
    const fine = { ...before, width: { ideal: widest }, height: { ideal: 720 } };
    // A camera that has no such picture keeps the one that it has.
    void track.applyConstraints(fine).catch(() => {});
    return () => void track.applyConstraints(before).catch(() => {});
  }, [track, isFine]);
}
