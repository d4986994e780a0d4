import { Anchor, Stack, Text, Title } from "@mantine/core";
import { Link, useParams } from "react-router";
import { can } from "#domain/access/permission.ts";
import type { Sitting } from "#protocol/http/sitting.ts";
import type { Seen } from "../http/request-problem-error.ts";
import { useMe } from "../sign-in/me.ts";
import { QueryProblem } from "../sign-in/query-problem.tsx";
import { formatMoment } from "../ui/format-moment.ts";
import { Loading } from "../ui/loading.tsx";
import { useSitting } from "./api.ts";
import { Candidates } from "./candidates.tsx";
import { KeptByHold } from "./kept-by-hold.tsx";
import { zoneWords } from "./local-moment.ts";
import { Proctors } from "./proctors.tsx";
import { Results } from "./results.tsx";
import { Rooms } from "./rooms.tsx";
import { phaseOf, phaseWords } from "./sitting-phase.ts";
import { useNow } from "./use-now.ts";

/** `/manage/sittings/:sittingId`. */
export function SittingPage() {
  const { sittingId = "" } = useParams();
  const sitting = useSitting(sittingId);
  if (sitting.data !== undefined) return <SittingDetails key={sittingId} {...sitting.data} />;
  if (sitting.isError) return <QueryProblem error={sitting.error} onRetry={() => void sitting.refetch()} />;
  return <Loading what="the sitting" />;
}

/** Of a sitting, what is replaced as a whole is the list of its proctors: `etag` is of that. */
function SittingDetails({ value: sitting, etag }: Seen<Sitting>) {
  const me = useMe();
  const now = useNow();
  const mayRun = can(me, "schedule");
  const isMine = sitting.proctors.some(({ memberId }) => memberId === me.memberId);
  return (
    <Stack gap="xl">
      <header>
        <Anchor component={Link} to="/manage/sittings" size="sm">
          All sittings
        </Anchor>
        <Title order={1} size="h2" mt={4}>
          {sitting.title}
        </Title>
        <Text c="dimmed">{sitting.examTitle}</Text>
        <Text mt="xs">
          <strong>{phaseWords[phaseOf(sitting, now)]}.</strong> From {formatMoment(sitting.opensAt)} to{" "}
          {formatMoment(sitting.closesAt)}, in the time of this computer: {zoneWords(sitting.opensAt)}.
        </Text>
        {isMine && can(me, "proctor") ? (
          <Anchor
            component={Link}
            to={sitting.roomCount === 1 ? `/proctor/${sitting.examSessionId}` : `/proctor/sittings/${sitting.id}`}
            underline="always"
          >
            Watch this sitting live
          </Anchor>
        ) : (
          <Text size="sm" c="dimmed">
            Its proctors watch it live: they find it in their console once they are assigned below.
          </Text>
        )}
      </header>
      <Candidates sitting={sitting} mayRun={mayRun} />
      <Rooms sitting={sitting} />
      <Proctors sitting={sitting} etag={etag} mayRun={mayRun} />
      <Results sitting={sitting} mayReview={can(me, "read-results")} />
      <KeptByHold on={{ kind: "sitting", id: sitting.id }} />
    </Stack>
  );
}
