import { Button, Text } from "@mantine/core";
import { useEffect, useState } from "react";
import type { Way } from "#domain/attempt/take-over.ts";
import { type Arrival, arrivalSchema, doorSchema } from "#protocol/http/sit.ts";
import { request } from "../http/request.ts";
import { announce } from "../ui/announcer.tsx";
import { count } from "../ui/format-duration.ts";
import { formatTime } from "../ui/format-moment.ts";
import { PageFrame } from "../ui/page-frame.tsx";
import { StepHeading } from "./step-heading.tsx";
import styles from "./take-exam.module.css";
import { createUploads } from "./uploads.ts";

type DoorProps = {
  readonly arrival: Arrival;
  /** Questions whose answers this page had, and had not sent when the attempt left it. */
  readonly unsent: number;
  readonly onChange: (arrival: Arrival) => void;
};

/** While an answer is awaited, it looks so often. */
const lookEveryMs = 3_000;

/** The attempt is another browser's: what can be done about it here. */
export function Door({ arrival, unsent, onChange }: DoorProps) {
  const { attemptId, door } = arrival;
  const { way, leftAt } = door;
  const [hasFailed, setHasFailed] = useState(false);
  const title = titleOf(way, leftAt);
  useEffect(() => announce(title), [title]);

  async function look(signal?: AbortSignal): Promise<void> {
    const answer = await request(arrivalSchema, "GET", `/v1/sit/${attemptId}`, undefined, signal);
    if (answer.ok) onChange(answer.value);
  }

  useEffect(() => {
    if (way.kind === "over") return;
    const leaving = new AbortController();
    const timer = setInterval(() => void look(leaving.signal), lookEveryMs);
    return () => {
      leaving.abort();
      clearInterval(timer);
    };
    // oxlint-disable-next-line react/exhaustive-deps -- looks on in each state of the door; the callback is the page's
  }, [attemptId, way.kind]);

  useEffect(() => {
    // What this computer recorded until then is evidence, and still goes.
    if (leftAt !== null) createUploads(attemptId).sendTheRest();
  }, [attemptId, leftAt]);

  async function goOnHere(): Promise<void> {
    const answer = await request(doorSchema, "POST", `/v1/sit/${attemptId}/take-over`);
    setHasFailed(!answer.ok);
    if (!answer.ok) return;
    onChange({ ...arrival, door: answer.value });
    // In by that: what the exam is, is told only now.
    if (answer.value.way.kind === "in") await look();
  }

  return (
    <PageFrame title="Your exam">
      <div className={styles["calm"]} data-testid="door">
        <StepHeading>{title}</StepHeading>
        {leftAt === null || way.kind === "over" ? null : (
          <div className={styles["advice"]} role="alert">
            <strong>If that was not you, tell your proctor now:</strong> {callWords(way)}
          </div>
        )}
        {unsent === 0 ? null : (
          <Text mt="sm">{count(unsent, "answer")} made here had not been sent. They are kept on this computer.</Text>
        )}
        <WayOn way={way} onGoOn={() => void goOnHere()} />
        {hasFailed ? (
          <div className={styles["advice"]} role="alert">
            No answer came from the server. Check your network, and try again.
          </div>
        ) : null}
      </div>
    </PageFrame>
  );
}

function titleOf(way: Way, leftAt: number | null): string {
  if (way.kind === "over") return "This exam is over";
  return leftAt === null
    ? "Your exam is open on another computer"
    : `Your exam was continued on another computer at ${formatTime(leftAt)}`;
}

function callWords(way: Way): string {
  switch (way.kind) {
    case "take-over":
      return "take your exam back with the button below. The proctor sees it at once.";
    case "asked":
      return "your request below is before the proctor already.";
    default:
      return "ask below to go on here. The proctor sees it at once.";
  }
}

function WayOn({ way, onGoOn }: { readonly way: Way; readonly onGoOn: () => void }) {
  switch (way.kind) {
    case "in":
      return null;
    case "take-over":
      return (
        <>
          <Text mt="sm">
            Go on here? The other computer, or the other browser, is out of your exam at once, and the proctor sees it.
            Everything that was saved comes along. The devices of this computer are checked first; the clock of the exam
            runs meanwhile.
          </Text>
          <Button mt="md" size="md" onClick={onGoOn}>
            Go on here
          </Button>
        </>
      );
    case "ask":
      return (
        <>
          {way.refusedBecause === null ? (
            <Text mt="sm">
              The proctor can let you go on here. Everything that was saved comes along; the other computer, or the
              other browser, is out of your exam then.
            </Text>
          ) : (
            <>
              <Text mt="sm">The proctor has not let you go on here. The reason given:</Text>
              <blockquote className={styles["quote"]}>{way.refusedBecause}</blockquote>
            </>
          )}
          <Button mt="md" size="md" onClick={onGoOn}>
            {way.refusedBecause === null ? "Ask the proctor to let you go on here" : "Ask again"}
          </Button>
        </>
      );
    case "asked":
      return (
        <Text mt="sm" role="status">
          The proctor was asked at {formatTime(way.at)}. This page goes on by itself as soon as you are let in. Where
          the exam is open it can be written all the while.
        </Text>
      );
    case "asked-elsewhere":
      return <Text mt="sm">Another browser has asked the proctor already. This page looks again by itself.</Text>;
    case "too-often":
      return <Text mt="sm">It was asked too often in this hour. Write or call your institution.</Text>;
    case "over":
      return <Text mt="sm">It was handed in or ended in another browser, and nothing can be changed any more.</Text>;
  }
}
