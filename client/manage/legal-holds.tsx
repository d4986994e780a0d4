import { Button, Table, Text, Title } from "@mantine/core";
import { useState } from "react";
import type { LegalHold } from "#protocol/http/retention.ts";
import { QueryProblem } from "../sign-in/query-problem.tsx";
import { formatMoment } from "../ui/format-moment.ts";
import { ReleaseHold } from "./release-hold.tsx";
import { useHolds } from "./retention-api.ts";

/** What a hold keeps. */
export const heldWords = { attempt: "Attempt", candidate: "Person", sitting: "Sitting" } as const;

/** What must not be deleted, and why. Holds are placed from a person's data below, from a review, and from a sitting. */
export function LegalHolds() {
  const holds = useHolds();
  const [releasing, setReleasing] = useState<LegalHold | null>(null);
  return (
    <section aria-labelledby="legal-holds">
      <Title order={2} size="h4" id="legal-holds" mb="xs">
        Legal holds
      </Title>
      {holds.isError ? <QueryProblem error={holds.error} onRetry={() => void holds.refetch()} /> : null}
      {holds.data?.length === 0 ? (
        <Text c="dimmed" mb="xl">
          Nothing is held. Find a person below to keep their data, an attempt or a sitting from being deleted; an
          attempt can be held where it is reviewed, and a sitting on its page.
        </Text>
      ) : (
        <Table aria-label="Legal holds" mb="xl">
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">What</Table.Th>
              <Table.Th scope="col">Reason</Table.Th>
              <Table.Th scope="col">Since</Table.Th>
              <Table.Th scope="col">Until</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {(holds.data ?? []).map((hold) => (
              <Table.Tr key={hold.id}>
                <Table.Td>
                  {heldWords[hold.on.kind]} {hold.name ?? hold.on.id}
                </Table.Td>
                <Table.Td>{hold.reason === "" ? "(erased with the person's data)" : hold.reason}</Table.Td>
                <Table.Td>
                  {formatMoment(hold.placedAt)}, {hold.placedByName}
                </Table.Td>
                <Table.Td>
                  {hold.releasedAt === null ? (
                    <Button size="compact-sm" variant="default" onClick={() => setReleasing(hold)}>
                      Release
                    </Button>
                  ) : (
                    `${formatMoment(hold.releasedAt)}, ${hold.releasedByName ?? "nobody known"}`
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      {releasing === null ? null : <ReleaseHold hold={releasing} onClose={() => setReleasing(null)} />}
    </section>
  );
}
