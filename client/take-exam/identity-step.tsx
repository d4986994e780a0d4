import { Text } from "@mantine/core";
import type { CandidateView } from "#domain/attempt/view.ts";
import type { AttemptId } from "#domain/exam/ids.ts";
import type { AttemptSession } from "./attempt-session.ts";
import { identityWords } from "./identity-words.ts";
import { LeaveToProctor } from "./leave-to-proctor.tsx";
import { Photograph } from "./photograph.tsx";
import { RoomScan } from "./room-scan.tsx";
import { StepHeading } from "./step-heading.tsx";
import styles from "./take-exam.module.css";

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
      {track === undefined ? (
        <Text mb="md">There is no camera. Ask the proctor to check instead.</Text>
      ) : capture === "room" ? (
        <RoomScan key={track.id} attemptId={attemptId} track={track} />
      ) : (
        <Photograph key={track.id} attemptId={attemptId} capture={capture} track={track} />
      )}
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
