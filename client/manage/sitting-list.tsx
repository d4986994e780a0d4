import { Anchor, Button, Group, Table, Text, Title } from "@mantine/core";
import { useState } from "react";
import { Link } from "react-router";
import { can } from "#domain/access/permission.ts";
import type { SittingSummary } from "#protocol/http/sitting.ts";
import { useMe } from "../sign-in/me.ts";
import { QueryProblem } from "../sign-in/query-problem.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { count } from "../ui/format-duration.ts";
import { formatMoment } from "../ui/format-moment.ts";
import { Loading } from "../ui/loading.tsx";
import { useSittings } from "./api.ts";
import { zoneWords } from "./local-moment.ts";
import { ScheduleSitting } from "./schedule-sitting.tsx";
import { phaseOf, phaseWords } from "./sitting-phase.ts";
import { useNow } from "./use-now.ts";

/** `/manage/sittings`: every sitting of the institution, and the way to schedule one. */
export function SittingList() {
  const me = useMe();
  const sittings = useSittings();
  const [isScheduling, setIsScheduling] = useState(false);
  const mayRun = can(me, "schedule");
  return (
    <>
      <Group justify="space-between" mb="md">
        <Title order={1} size="h2">
          Sittings
        </Title>
        {mayRun && !isScheduling ? <Button onClick={() => setIsScheduling(true)}>Schedule a sitting</Button> : null}
      </Group>
      {isScheduling ? <ScheduleSitting onClose={() => setIsScheduling(false)} /> : null}
      {sittings.data === undefined ? (
        sittings.isError ? (
          <QueryProblem error={sittings.error} onRetry={() => void sittings.refetch()} />
        ) : (
          <Loading what="the sittings" />
        )
      ) : sittings.data.length === 0 ? (
        <EmptyState title="There is no sitting yet">
          {mayRun
            ? "A sitting delivers a published exam to its candidates within a window of time. Begin with “Schedule a sitting”."
            : "An administrator has to schedule one first."}
        </EmptyState>
      ) : (
        <SittingTable sittings={sittings.data} />
      )}
    </>
  );
}

function SittingTable({ sittings }: { readonly sittings: readonly SittingSummary[] }) {
  const now = useNow();
  return (
    <>
      <Table.ScrollContainer minWidth={640}>
        <Table verticalSpacing="sm" highlightOnHover>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">Sitting</Table.Th>
              <Table.Th scope="col">Now</Table.Th>
              <Table.Th scope="col">Opens</Table.Th>
              <Table.Th scope="col">Closes</Table.Th>
              <Table.Th scope="col">Candidates</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {sittings.map((sitting) => (
              <Table.Tr key={sitting.id}>
                <Table.Td>
                  <Anchor component={Link} to={`/manage/sittings/${sitting.id}`} fw={600}>
                    {sitting.title}
                  </Anchor>
                  <Text size="sm" c="dimmed">
                    {sitting.examTitle}
                  </Text>
                </Table.Td>
                <Table.Td>{phaseWords[phaseOf(sitting, now)]}</Table.Td>
                <Table.Td>{formatMoment(sitting.opensAt)}</Table.Td>
                <Table.Td>{formatMoment(sitting.closesAt)}</Table.Td>
                <Table.Td>
                  {sitting.candidates}
                  {sitting.roomCount > 1 ? ` in ${count(sitting.roomCount, "room")}` : ""}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Text size="sm" c="dimmed" mt="xs">
        Times are those of this computer: {zoneWords(now)}.
      </Text>
    </>
  );
}
