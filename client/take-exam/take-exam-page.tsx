import { Text } from "@mantine/core";
import { lazy, Suspense, useCallback, useEffect, useState } from "react";
import type { AttemptId } from "#domain/exam/ids.ts";
import { type Arrival, arrivalSchema } from "#protocol/http/sit.ts";
import { ProblemReport } from "../http/problem-report.tsx";
import { type Answer, request } from "../http/request.ts";
import { EmptyState } from "../ui/empty-state.tsx";
import { Loading } from "../ui/loading.tsx";
import { PageFrame } from "../ui/page-frame.tsx";
import { ProblemNotice } from "../ui/problem-notice.tsx";
import { StepHeading } from "./step-heading.tsx";
import { AttemptPage } from "./attempt-page.tsx";
import { doorWords } from "./door-words.ts";
import { missingWords, needsOfThisBrowser } from "./browser-support.ts";

const TooEarly = lazy(() => import("./too-early.tsx").then((part) => ({ default: part.TooEarly })));
const Door = lazy(() => import("./door.tsx").then((part) => ({ default: part.Door })));

type TakeExamPageProps = {
  /** From the address; null on a guest link. */
  readonly attemptId: AttemptId | null;
  /** The guest link's token; null after check-in. */
  readonly token: string | null;
  /** Called after check-in, so that the address no longer holds the token. */
  readonly onCheckedIn: (attemptId: AttemptId) => void;
};

/** The candidate's page, from the guest link or from a reload. */
export function TakeExamPage({ attemptId, token, onCheckedIn }: TakeExamPageProps) {
  const [answer, setAnswer] = useState<Answer<Arrival> | null>(null);
  const [tries, setTries] = useState(1);
  const [unsent, setUnsent] = useState(0);
  const tryAgain = useCallback(() => setTries((before) => before + 1), []);
  const missing = missingWords(needsOfThisBrowser());
  const isCheckedIn = answer?.ok === true && answer.value.attemptId === attemptId;
  const hasNothing = token === null && attemptId === null;

  useEffect(() => {
    if (isCheckedIn || hasNothing || missing.length > 0) return;
    const leaving = new AbortController();
    async function comeIn(): Promise<void> {
      const checkedIn = await checkIn(token, attemptId, leaving.signal);
      if (leaving.signal.aborted) return;
      setAnswer(checkedIn);
      if (checkedIn.ok) onCheckedIn(checkedIn.value.attemptId);
    }
    void comeIn();
    return () => leaving.abort();
    // oxlint-disable-next-line react/exhaustive-deps -- asked once for each address and try; the callback is the route's
  }, [token, attemptId, tries, isCheckedIn]);

  /** The attempt may have gone to another browser; where it has not, the page says itself what is wrong. */
  async function lookAgain(left: number): Promise<void> {
    const again = await checkIn(null, attemptId, new AbortController().signal);
    if (again.ok && again.value.checkedIn !== null) return;
    setUnsent(left);
    setAnswer(again);
  }

  if (missing.length > 0) return <Unsupported missing={missing} />;
  if (hasNothing) {
    return (
      <PageFrame title="Your exam">
        <StepHeading>Your exam</StepHeading>
        <EmptyState title="Open the link that you were sent">
          It leads to your place in the exam. If you do not have it any more, ask your institution for it.{" "}
          <a href="/check">Check this computer</a> meanwhile.
        </EmptyState>
      </PageFrame>
    );
  }
  if (isCheckedIn && answer.value.checkedIn === null) {
    return (
      <Suspense fallback={<Loading what="your exam" />}>
        <Door arrival={answer.value} unsent={unsent} onChange={(arrival) => setAnswer({ ok: true, value: arrival })} />
      </Suspense>
    );
  }
  if (isCheckedIn && answer.value.checkedIn !== null) {
    return (
      <AttemptPage
        key={answer.value.attemptId}
        checkedIn={answer.value.checkedIn}
        onTurnedAway={(left) => void lookAgain(left)}
      />
    );
  }
  if (answer?.ok === false && answer.problem.code === "link-not-yet" && answer.problem.at !== null) {
    return (
      <Suspense fallback={<Loading what="your exam" />}>
        <TooEarly opensAt={answer.problem.at} onLook={tryAgain} />
      </Suspense>
    );
  }
  return (
    <PageFrame title="Your exam">
      {answer === null || answer.ok ? (
        <Loading what="your exam" />
      ) : (
        <>
          <StepHeading>Your exam</StepHeading>
          <ProblemReport
            problem={answer.problem}
            words={doorWords}
            onRetry={() => {
              setAnswer(null);
              tryAgain();
            }}
          />
        </>
      )}
    </PageFrame>
  );
}

function checkIn(token: string | null, attemptId: AttemptId | null, signal: AbortSignal): Promise<Answer<Arrival>> {
  return token === null
    ? request(arrivalSchema, "GET", `/v1/sit/${attemptId}`, undefined, signal)
    : request(arrivalSchema, "POST", "/v1/check-in", { token }, signal);
}

function Unsupported({ missing }: { readonly missing: readonly string[] }) {
  return (
    <PageFrame title="Your exam">
      <StepHeading>Your exam</StepHeading>
      <ProblemNotice title="This exam cannot be sat in this browser">
        {missing.map((sentence) => (
          <Text key={sentence} mb="xs">
            {sentence}
          </Text>
        ))}
        <Text>
          Open your link again in an up-to-date Chrome, Edge or Firefox on a computer. Nothing was started: your place
          is kept.
        </Text>
      </ProblemNotice>
    </PageFrame>
  );
}
