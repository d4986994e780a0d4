import { Button, Text } from "@mantine/core";
import { useEffect, useState } from "react";
import type { CandidateCommand } from "#domain/attempt/command.ts";
import { arrivalSchema, type CheckedIn } from "#protocol/http/sit.ts";
import { ProblemReport } from "../http/problem-report.tsx";
import { request, type RequestProblem } from "../http/request.ts";
import type { Phase } from "../session/connection.ts";
import { keepConnected } from "../session/keep-connected.ts";
import { pageId } from "../session/page-id.ts";
import { openPendingCommands } from "../session/pending-commands.ts";
import { useStore } from "../session/store.ts";
import { Loading } from "../ui/loading.tsx";
import { PageFrame } from "../ui/page-frame.tsx";
import { type AttemptSession, openAttemptSession } from "./attempt-session.ts";
import { AttemptSteps } from "./attempt-steps.tsx";
import { doorWords } from "./door-words.ts";
import { overallSaving, savingOf } from "./saving.ts";
import { StepHeading } from "./step-heading.tsx";

type AttemptPageProps = {
  readonly checkedIn: CheckedIn;
  /** The session does not let this browser in any more. `unsent`: questions whose answers it has and the session has not. */
  readonly onTurnedAway: (unsent: number) => void;
};

/** One attempt, from its live connection on. */
export function AttemptPage({ checkedIn, onTurnedAway }: AttemptPageProps) {
  const session = useAttemptSession(checkedIn);
  return session === null ? (
    <PageFrame title={checkedIn.examTitle}>
      <Loading what="your exam" />
    </PageFrame>
  ) : (
    <ConnectedAttempt session={session} checkedIn={checkedIn} onTurnedAway={onTurnedAway} />
  );
}

function useAttemptSession({ attemptId }: CheckedIn): AttemptSession | null {
  const [session, setSession] = useState<AttemptSession | null>(null);
  useEffect(() => {
    let isGone = false;
    let opened: AttemptSession | null = null;
    let letGo = (): void => {};
    async function open(): Promise<void> {
      const [page, pending] = await Promise.all([pageId(), openPendingCommands<CandidateCommand>(attemptId)]);
      if (isGone) return;
      opened = openAttemptSession({ attemptId, page, pending });
      letGo = keepConnected(opened);
      setSession(opened);
    }
    void open();
    return () => {
      isGone = true;
      letGo();
      opened?.close();
      setSession(null);
    };
  }, [attemptId]);
  return session;
}

type ConnectedAttemptProps = AttemptPageProps & { readonly session: AttemptSession };

function ConnectedAttempt({ session, checkedIn, onTurnedAway }: ConnectedAttemptProps) {
  const phase = useStore(session.store, (state) => state.phase);
  const hasView = useStore(session.store, (state) => state.view !== null);
  const problem = useDoorProblem(phase, checkedIn);
  const isTurnedAway = phase.kind === "closed" && phase.why === "not-allowed";
  useEffect(() => {
    if (!isTurnedAway) return;
    session.flush();
    onTurnedAway(overallSaving({ ...savingOf(session.store.get()), notTaken: [] }).count);
    // oxlint-disable-next-line react/exhaustive-deps -- told once each time; the callback is the page's around
  }, [isTurnedAway, session]);

  if (phase.kind === "closed") {
    return (
      <PageFrame title={checkedIn.examTitle}>
        <Closed why={phase.why} onGoOn={() => session.reconnect()} />
      </PageFrame>
    );
  }
  if (problem !== null) {
    return (
      <PageFrame title={checkedIn.examTitle}>
        <StepHeading>{checkedIn.examTitle}</StepHeading>
        <ProblemReport problem={problem} words={doorWords} onRetry={() => window.location.reload()} />
      </PageFrame>
    );
  }
  if (!hasView) {
    return (
      <PageFrame title={checkedIn.examTitle}>
        <Loading what="your exam" />
        {phase.kind === "retrying" ? (
          <Text>
            The connection does not work yet and is tried again by itself. If this lasts, check your network; some
            networks block live connections (WebSocket).
          </Text>
        ) : null}
      </PageFrame>
    );
  }
  return <AttemptSteps session={session} checkedIn={checkedIn} />;
}

/** A browser does not tell why a live connection is refused at the door; the same door asked by HTTP does. */
function useDoorProblem(phase: Phase, { attemptId }: CheckedIn): RequestProblem | null {
  const [problem, setProblem] = useState<RequestProblem | null>(null);
  const failures = phase.kind === "retrying" ? phase.failures : 0;
  useEffect(() => {
    // Not at each try: most lost lines come back by themselves.
    if (failures === 0 || failures % 4 !== 0) return;
    const leaving = new AbortController();
    async function askAtTheDoor(): Promise<void> {
      const answer = await request(arrivalSchema, "GET", `/v1/sit/${attemptId}`, undefined, leaving.signal);
      const isDecided = !answer.ok && (answer.problem.status === 401 || answer.problem.status === 403);
      if (isDecided) setProblem(answer.problem);
    }
    void askAtTheDoor();
    return () => leaving.abort();
  }, [failures, attemptId]);
  return problem;
}

type ClosedProps = {
  readonly why: Extract<Phase, { kind: "closed" }>["why"];
  readonly onGoOn: () => void;
};

function Closed({ why, onGoOn }: ClosedProps) {
  switch (why) {
    case "replaced":
      return (
        <>
          <StepHeading>This page was opened anew</StepHeading>
          <Text mb="md">A copy of this page took its place. Go on there, or here. Nothing is lost.</Text>
          <Button onClick={onGoOn}>Go on here</Button>
        </>
      );
    case "not-allowed":
      return (
        <>
          <StepHeading>This link is not, or no longer, good for this exam</StepHeading>
          <Text mb="md">
            Use the browser in which you began. If that is not possible, ask your institution for help: what was saved
            is safe.
          </Text>
          <Button onClick={onGoOn}>Try again</Button>
        </>
      );
    case "set-aside":
      return (
        <>
          <StepHeading>What is stored of your exam cannot be read just now</StepHeading>
          <Text mb="md">
            It is not your doing, and nothing of it was deleted. Your proctors are told. Ask your institution how you go
            on.
          </Text>
          <Button onClick={onGoOn}>Try again</Button>
        </>
      );
    case "not-understood":
      return (
        <>
          <StepHeading>This page and the server do not understand each other</StepHeading>
          <Text mb="md">The page may be older than the server. Load it again: what you did is kept.</Text>
          <Button onClick={() => window.location.reload()}>Load again</Button>
        </>
      );
  }
}
