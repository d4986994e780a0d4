import { Anchor, Table, Text, Title } from "@mantine/core";
import { Link } from "react-router";
import type { ExamSession } from "#protocol/http/sitting.ts";
import { ProblemReport } from "../http/problem-report.tsx";
import { RequestProblemError } from "../http/request-problem-error.ts";
import { EmptyState } from "../ui/empty-state.tsx";
import { formatMoment } from "../ui/format-moment.ts";
import { Loading } from "../ui/loading.tsx";
import { roomName, unboundWords } from "../ui/room-words.ts";
import { bySitting, type MySitting, useMyRooms } from "./my-rooms.ts";

/** The exam sessions that the signed-in proctor is assigned to, by sitting. */
export function SessionsPage() {
  const query = useMyRooms();
  if (query.isPending) return <Loading what="your exam sessions" />;
  if (query.error instanceof RequestProblemError) {
    return <ProblemReport problem={query.error.problem} onRetry={() => void query.refetch()} />;
  }
  const sittings = bySitting(query.data ?? []);
  return (
    <>
      <Title order={1} mb="md">
        Your exam sessions
      </Title>
      {sittings.length === 0 ? (
        <EmptyState title="You are not assigned to a session">
          An administrator assigns proctors on the page of a sitting. It appears here as soon as that is done.
        </EmptyState>
      ) : (
        <Table.ScrollContainer minWidth={600}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Sitting</Table.Th>
                <Table.Th>Exam</Table.Th>
                <Table.Th>Opens</Table.Th>
                <Table.Th>Closes</Table.Th>
                <Table.Th>Candidates</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {sittings.map((mine) => (
                <SittingRow key={mine.sitting.id} mine={mine} />
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </>
  );
}

/** A sitting in one line. Who has several rooms of it opens them as one list, or one of them. */
function SittingRow({ mine: { sitting, rooms } }: { readonly mine: MySitting }) {
  const unbound = unboundWords(sitting.jurisdictionAsked, rooms);
  const isAlone = rooms.length === 1;
  return (
    <Table.Tr>
      <Table.Td>
        <Anchor
          component={Link}
          to={isAlone ? `/proctor/${sitting.examSessionId}` : `/proctor/sittings/${sitting.id}`}
          underline="always"
        >
          {sitting.title}
          {isAlone ? (sitting.roomCount > 1 ? `, ${roomName(sitting.number)}` : "") : `, ${extentOf(sitting, rooms)}`}
        </Anchor>
        {isAlone ? null : (
          <Text size="sm">
            One room:{" "}
            {rooms.map(({ examSessionId, number, candidates }, index) => (
              <span key={examSessionId}>
                {index === 0 ? "" : ", "}
                <Anchor component={Link} to={`/proctor/${examSessionId}`} underline="always">
                  {roomName(number)}
                </Anchor>{" "}
                ({candidates})
              </span>
            ))}
          </Text>
        )}
        {unbound === null ? null : <Text size="sm">⚠ {unbound}</Text>}
      </Table.Td>
      <Table.Td>{sitting.examTitle}</Table.Td>
      <Table.Td>
        <Text size="sm">{formatMoment(sitting.opensAt)}</Text>
      </Table.Td>
      <Table.Td>
        <Text size="sm">{formatMoment(sitting.closesAt)}</Text>
      </Table.Td>
      <Table.Td>{rooms.reduce((sum, { candidates }) => sum + candidates, 0)}</Table.Td>
    </Table.Tr>
  );
}

function extentOf({ roomCount }: ExamSession, rooms: readonly ExamSession[]): string {
  return rooms.length === roomCount ? `all ${roomCount} rooms` : `your ${rooms.length} of ${roomCount} rooms`;
}
