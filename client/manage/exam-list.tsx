import { Anchor, Button, Group, Table, Text, Title } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { Link, useNavigate } from "react-router";
import { can } from "#domain/access/permission.ts";
import { type ExamSummary, examSchema } from "#protocol/http/exam.ts";
import { valueOf } from "../http/request-problem-error.ts";
import { request } from "../http/request.ts";
import { useMe } from "../sign-in/me.ts";
import { queryClient } from "../sign-in/query-client.ts";
import { QueryProblem } from "../sign-in/query-problem.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { formatDuration } from "../ui/format-duration.ts";
import { formatMoment } from "../ui/format-moment.ts";
import { Loading } from "../ui/loading.tsx";
import { keys, useExams } from "./api.ts";
import { emptyDraft } from "./draft-edit.ts";

/** `/manage/exams`: every exam of the institution, and the way to a new one. */
export function ExamList() {
  const me = useMe();
  const exams = useExams();
  const navigate = useNavigate();
  const create = useMutation({
    mutationFn: async () => {
      const draft = emptyDraft("Untitled exam", () => crypto.randomUUID());
      return valueOf(await request(examSchema, "POST", "/v1/exams", draft));
    },
    async onSuccess({ id }) {
      await queryClient.invalidateQueries({ queryKey: keys.exams });
      await navigate(`/manage/exams/${id}`);
    },
  });
  const mayWrite = can(me, "write-exams");
  return (
    <>
      <Group justify="space-between" mb="md">
        <Title order={1} size="h2">
          Exams
        </Title>
        {mayWrite ? (
          <Button loading={create.isPending} onClick={() => create.mutate()}>
            New exam
          </Button>
        ) : null}
      </Group>
      {create.isError ? <QueryProblem error={create.error} onRetry={() => create.mutate()} /> : null}
      {exams.data === undefined ? (
        exams.isError ? (
          <QueryProblem error={exams.error} onRetry={() => void exams.refetch()} />
        ) : (
          <Loading what="the exams" />
        )
      ) : exams.data.length === 0 ? (
        <EmptyState title="There is no exam yet">
          {mayWrite
            ? "Begin with “New exam”: write the questions, look at them as a candidate does, then publish. A published exam can be scheduled as a sitting."
            : "An author has to write one first."}
        </EmptyState>
      ) : (
        <ExamTable exams={exams.data} />
      )}
    </>
  );
}

function ExamTable({ exams }: { readonly exams: readonly ExamSummary[] }) {
  return (
    <Table.ScrollContainer minWidth={560}>
      <Table verticalSpacing="sm" highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">Title</Table.Th>
            <Table.Th scope="col">Questions</Table.Th>
            <Table.Th scope="col">Duration</Table.Th>
            <Table.Th scope="col">Published</Table.Th>
            <Table.Th scope="col">Changed</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {exams.map(({ id, title, items, durationMs, latestVersion, updatedAt }) => (
            <Table.Tr key={id}>
              <Table.Td>
                <Anchor component={Link} to={`/manage/exams/${id}`} fw={600}>
                  {title}
                </Anchor>
              </Table.Td>
              <Table.Td>{items}</Table.Td>
              <Table.Td>{formatDuration(durationMs)}</Table.Td>
              <Table.Td>
                {latestVersion === null ? (
                  <Text size="sm" c="dimmed">
                    Draft only
                  </Text>
                ) : (
                  `Version ${latestVersion.number}`
                )}
              </Table.Td>
              <Table.Td>{formatMoment(updatedAt)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
