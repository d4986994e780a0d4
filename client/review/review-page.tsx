import { Anchor, Badge, Group, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "react-router";
import { reviewStateOf } from "#domain/attempt/review.ts";
import { type AttemptRecord, attemptRecordSchema, recordingSchema } from "#protocol/http/review.ts";
import { valueOf } from "../http/request-problem-error.ts";
import { request } from "../http/request.ts";
import { KeptByHold } from "../manage/kept-by-hold.tsx";
import { problemIn } from "../sign-in/me.ts";
import { QueryProblem } from "../sign-in/query-problem.tsx";
import { SignedInAs } from "../sign-in/signed-in-as.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { Loading } from "../ui/loading.tsx";
import { PageFrame } from "../ui/page-frame.tsx";
import { Checkpoint } from "./checkpoint.tsx";
import { ErasedAttempt } from "./erased-attempt.tsx";
import { HoldPanel } from "./hold-panel.tsx";
import { standingWords } from "./hold-words.ts";
import { IdentityPictures } from "./identity-pictures.tsx";
import { percentWords } from "./response-words.ts";
import { Scores } from "./scores.tsx";
import { statusText } from "./status-text.ts";
import { Watch } from "./watch.tsx";

/** The addresses of the segments are good for a quarter of an hour: a reviewer who watches for longer gets new ones. */
const refreshMs = 10 * 60 * 1000;

/** `/review/:attemptId`: everything that there is to judge one attempt by. */
export function ReviewPage() {
  const { attemptId = "" } = useParams();
  const record = useQuery({
    queryKey: ["attempt", attemptId],
    queryFn: async () => valueOf(await request(attemptRecordSchema, "GET", `/v1/attempts/${attemptId}`)),
    refetchOnWindowFocus: false,
  });
  return (
    <PageFrame title="Review" wide aside={<SignedInAs />}>
      {record.data !== undefined ? (
        <Review key={attemptId} record={record.data} />
      ) : problemIn(record.error)?.code === "erased" ? (
        <Stack gap="xl">
          <ErasedAttempt attemptId={attemptId} />
          <KeptByHold on={{ kind: "attempt", id: attemptId }} />
        </Stack>
      ) : record.isError ? (
        <QueryProblem error={record.error} onRetry={() => void record.refetch()} />
      ) : (
        <Loading what="the attempt" />
      )}
    </PageFrame>
  );
}

function Review({ record }: { readonly record: AttemptRecord }) {
  const { attemptId, score } = record;
  const standing = reviewStateOf(record.hold);
  const recording = useQuery({
    queryKey: ["recording", attemptId],
    queryFn: async () => valueOf(await request(recordingSchema, "GET", `/v1/attempts/${attemptId}/recording`)),
    refetchInterval: refreshMs,
    refetchOnWindowFocus: false,
  });
  return (
    <Stack gap="xl">
      <header>
        <Anchor component={Link} to={`/manage/sittings/${record.sittingId}`} size="sm">
          Back to the sitting
        </Anchor>
        <Group gap="sm" align="baseline" mt={4}>
          <Title order={1} size="h2">
            {record.name}
          </Title>
          <Badge variant="default" size="lg" tt="none">
            {statusText(record.status)}
          </Badge>
          {score === null || standing === "voided" ? null : (
            <Text fw={600}>
              {score.points} of {score.outOf} points ({percentWords(score.points, score.outOf)})
              {standing === "held" ? ", not to be used yet" : ""}
            </Text>
          )}
          {standing === null ? null : (
            <Badge color={standing === "stands" ? "green" : "red"} variant="outline" size="lg" tt="none">
              {standingWords[standing]}
            </Badge>
          )}
        </Group>
        <Text c="dimmed">{record.examTitle}</Text>
      </header>
      <HoldPanel record={record} />
      {recording.data !== undefined ? (
        <Watch record={record} recording={recording.data} onRetry={async () => void (await recording.refetch())} />
      ) : recording.isError ? (
        <WithoutRecording record={record} error={recording.error} onRetry={() => void recording.refetch()} />
      ) : (
        <Loading what="the recording" />
      )}
      <IdentityPictures attemptId={attemptId} events={record.events} />
      <Scores record={record} />
      <Checkpoint attemptId={attemptId} checkpoint={record.checkpoint} />
      <KeptByHold on={{ kind: "attempt", id: attemptId }} />
    </Stack>
  );
}

type WithoutRecordingProps = {
  readonly record: AttemptRecord;
  readonly error: unknown;
  readonly onRetry: () => void;
};

/** The timeline stands on its own when the recording may not be seen, or cannot be read now. */
function WithoutRecording({ record, error, onRetry }: WithoutRecordingProps) {
  return (
    <>
      {problemIn(error)?.code === "not-allowed" ? (
        <EmptyState title="Your role does not include the recording">
          You see the timeline, the answers and the points. To watch the recording, ask an administrator for the role of
          a reviewer.
        </EmptyState>
      ) : (
        <QueryProblem error={error} onRetry={onRetry} />
      )}
      <Watch record={record} recording={{ segments: [] }} onRetry={async () => onRetry()} isTimelineOnly />
    </>
  );
}
