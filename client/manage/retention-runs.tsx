import { Table, Text, Title } from "@mantine/core";
import type { Retention } from "#protocol/http/retention.ts";
import { formatMoment } from "../ui/format-moment.ts";

/** What was deleted lately, and by whose doing. */
export function RetentionRuns({ runs }: { readonly runs: Retention["runs"] }) {
  return (
    <section aria-labelledby="latest-runs">
      <Title order={2} size="h4" id="latest-runs" mb="xs">
        Latest runs
      </Title>
      {runs.length === 0 ? (
        <Text c="dimmed" mb="xl">
          Nothing was due so far. It is looked every few minutes.
        </Text>
      ) : (
        <Table aria-label="Latest runs" mb="xl">
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">When</Table.Th>
              <Table.Th scope="col">By</Table.Th>
              <Table.Th scope="col">Deleted</Table.Th>
              <Table.Th scope="col">Failed</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {runs.map(({ id, startedAt, startedByName, endedAt, deleted, failed }) => (
              <Table.Tr key={id}>
                <Table.Td>{formatMoment(startedAt)}</Table.Td>
                <Table.Td>{startedByName ?? "the schedule"}</Table.Td>
                <Table.Td>{endedAt === null ? "cut off, or going on" : deleted}</Table.Td>
                <Table.Td>{failed === 0 ? "none" : `${failed}, tried again by the next run`}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </section>
  );
}
