import { Button, Table, Text, Title } from "@mantine/core";
import { useState } from "react";
import type { LegalHold } from "#protocol/http/retention.ts";
import { QueryProblem } from "../sign-in/query-problem.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { formatMoment } from "../ui/format-moment.ts";
import { useHolds, useReleaseHold } from "./retention-api.ts";

const kinds = { attempt: "Attempt", candidate: "Person", sitting: "Sitting" } as const;

/** What must not be deleted, and why. Holds are placed from a person's data below. */
export function LegalHolds() {
  const holds = useHolds();
  const [releasing, setReleasing] = useState<LegalHold | null>(null);
  const release = useReleaseHold();
  return (
    <section aria-labelledby="legal-holds">
      <Title order={2} size="h4" id="legal-holds" mb="xs">
        Legal holds
      </Title>
      {holds.isError ? <QueryProblem error={holds.error} onRetry={() => void holds.refetch()} /> : null}
      {holds.data?.length === 0 ? (
        <Text c="dimmed" mb="xl">
          Nothing is held. Find a person below to keep their data, an attempt or a sitting from being deleted.
        </Text>
      ) : (
        <Table aria-label="Legal holds" mb="xl">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>What</Table.Th>
              <Table.Th>Reason</Table.Th>
              <Table.Th>Since</Table.Th>
              <Table.Th>Until</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {(holds.data ?? []).map((hold) => (
              <Table.Tr key={hold.id}>
                <Table.Td>
                  {kinds[hold.on.kind]} {hold.name ?? hold.on.id}
                </Table.Td>
                <Table.Td>{hold.reason}</Table.Td>
                <Table.Td>
                  {formatMoment(hold.placedAt)}, {hold.placedByName}
                </Table.Td>
                <Table.Td>
                  {hold.releasedAt === null ? (
                    <Button size="compact-sm" variant="default" onClick={() => setReleasing(hold)}>
                      Release
                    </Button>
                  ) : (
                    formatMoment(hold.releasedAt)
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      {releasing === null ? null : (
        <Dialog
          title={`Release the hold on ${releasing.name ?? "this"}?`}
          onDismiss={() => setReleasing(null)}
          actions={
            <>
              <Button
                loading={release.isPending}
                onClick={() => release.mutate(releasing.id, { onSuccess: () => setReleasing(null) })}
              >
                Release
              </Button>
              <Button variant="default" onClick={() => setReleasing(null)}>
                Keep it
              </Button>
            </>
          }
        >
          <Text>What is due under it is deleted within minutes.</Text>
          {release.isError ? <QueryProblem error={release.error} /> : null}
        </Dialog>
      )}
    </section>
  );
}
