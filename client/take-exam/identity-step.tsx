import { Text } from "@mantine/core";
import { lazy, Suspense } from "react";
import type { CandidateView } from "#domain/attempt/view.ts";
import type { AttemptId } from "#domain/exam/ids.ts";
import { Loading } from "../ui/loading.tsx";
import type { AttemptSession } from "./attempt-session.ts";
import { identityWords } from "./identity-words.ts";
import { LeaveToProctor } from "./leave-to-proctor.tsx";
import { StepHeading } from "./step-heading.tsx";
import styles from "./take-exam.module.css";

const LazyPhotograph = lazy(() => import("./photograph.tsx").then((part) => ({ default: part.Photograph })));
const LazyRoomScan = lazy(() => import("./room-scan.tsx").then((part) => ({ default: part.RoomScan })));

type IdentityStepProps = {
  readonly session: AttemptSession;
  readonly attemptId: AttemptId;
  readonly identity: CandidateView["identity"];
  readonly camera: MediaStream;
};

/** What the exam asks to be taken before it, one after the other: photographs, and a recording of the room. */
export function IdentityStep({ session, attemptId, identity, camera }: IdentityStepProps) {
  const next = identity.find(({ state }) => state === "missing");
  const track = camera.getVideoTracks()[0];
  if (next === undefined) return null;
  const { capture, askedAgain } = next;
  const { title, what, how } = identityWords(capture);
  return (
    <section key={capture}>
      <StepHeading>{title}</StepHeading>
      {askedAgain === null ? null : (
        <div className={styles["advice"]} role="alert">
          <strong>The proctor asks for it once more:</strong>
          <p>{askedAgain}</p>
        </div>
      )}
      <Text>{what}</Text>
      <Text mb="md">{how}</Text>
      <Suspense fallback={<Loading what="the camera" />}>
        {track === undefined ? (
          <Text mb="md">There is no camera. Ask the proctor to check instead.</Text>
        ) : capture === "room" ? (
          <LazyRoomScan key={track.id} attemptId={attemptId} track={track} />
        ) : (
          <LazyPhotograph key={track.id} attemptId={attemptId} capture={capture} track={track} />
        )}
      </Suspense>
      <LeaveToProctor session={session} />
      <Text mt="md" size="sm" c="dimmed">
        {identity.length > 1
          ? `${identity.filter(({ state }) => state !== "missing").length} of ${identity.length} are done. `
          : ""}
        It is stored encrypted, and seen by the proctors and reviewers of your institution. No machine compares faces.
      </Text>
    </section>
  );
}
