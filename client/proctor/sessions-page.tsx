import { Anchor, Table, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { examSessionListSchema } from "#protocol/http/sitting.ts";
import { valueOf } from "../http/request-problem-error.ts";
import { ProblemReport } from "../http/problem-report.tsx";
import { RequestProblemError } from "../http/request-problem-error.ts";
import { request } from "../http/request.ts";
import { EmptyState } from "../ui/empty-state.tsx";
import { formatMoment } from "../ui/format-moment.ts";
import { Loading } from "../ui/loading.tsx";

/** The exam sessions that the signed-in proctor is assigned to. */
export function SessionsPage() {
  const query = useQuery({
    queryKey: ["exam-sessions"],
    queryFn: async () => valueOf(await request(examSessionListSchema, "GET", "/v1/exam-sessions")),
  });
  if (query.isPending) return <Loading what="your exam sessions" />;
  if (query.error instanceof RequestProblemError) {
    return <ProblemReport problem={query.error.problem} onRetry={() => void query.refetch()} />;
  }
  const sessions = query.data?.sessions ?? [];
  return (
    <>
      <Title order={1} mb="md">
        Your exam sessions
      </Title>
      {sessions.length === 0 ? (
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
              {sessions.map((session) => (
                <Table.Tr key={session.examSessionId}>
                  <Table.Td>
                    <Anchor component={Link} to={`/proctor/${session.examSessionId}`} underline="always">
                      {session.title}
                    </Anchor>
                  </Table.Td>
                  <Table.Td>{session.examTitle}</Table.Td>
                  <Table.Td>
                    <Text size="sm">{formatMoment(session.opensAt)}</Text>
                  </Table.Td>
                  <Table.Td>
                    <Text size="sm">{formatMoment(session.closesAt)}</Text>
                  </Table.Td>
                  <Table.Td>{session.candidates}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </>
  );
}
