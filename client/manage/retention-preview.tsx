import { Button, Group, Table, Text, Title } from "@mantine/core";
import { useState } from "react";
import { type DataClass, keepings } from "#domain/retention/data-class.ts";
import type { RetentionPreview as Preview } from "#protocol/http/retention.ts";
import { QueryProblem } from "../sign-in/query-problem.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { formatMoment } from "../ui/format-moment.ts";
import { Loading } from "../ui/loading.tsx";
import { usePreview, useRunRetention } from "./retention-api.ts";
import styles from "./retention.module.css";

/** What the next run deletes, and what falls due in the coming year. */
export function RetentionPreview() {
  const preview = usePreview();
  const [isAsking, setIsAsking] = useState(false);
  const run = useRunRetention();
  const due = preview.data?.classes.reduce((sum, each) => sum + each.due, 0) ?? 0;
  return (
    <section aria-labelledby="what-goes-next">
      <Group justify="space-between" mb="xs">
        <Title order={2} size="h4" id="what-goes-next">
          What goes next
        </Title>
        <Button variant="default" disabled={due === 0} onClick={() => setIsAsking(true)}>
          Delete now what is due
        </Button>
      </Group>
      {preview.data !== undefined ? (
        <>
          <ClassTable classes={preview.data.classes} />
          <SittingTable sittings={preview.data.sittings} />
        </>
      ) : preview.isError ? (
        <QueryProblem error={preview.error} onRetry={() => void preview.refetch()} />
      ) : (
        <Loading what="what is due" />
      )}
      {isAsking ? (
        <Dialog
          title="Delete now what is due?"
          onDismiss={() => setIsAsking(false)}
          actions={
            <>
              <Button
                color="red"
                loading={run.isPending}
                onClick={() => run.mutate(undefined, { onSuccess: () => setIsAsking(false) })}
              >
                Delete
              </Button>
              <Button variant="default" onClick={() => setIsAsking(false)}>
                Wait for the schedule
              </Button>
            </>
          }
        >
          <Text>
            {due} parts are due. They do not come back. Each deletion stands in the audit. Where there is much, the
            schedule goes on with the rest.
          </Text>
          {run.isError ? <QueryProblem error={run.error} /> : null}
        </Dialog>
      ) : null}
    </section>
  );
}

function ClassTable({ classes }: { readonly classes: Preview["classes"] }) {
  return (
    <div className={styles["scroll"]}>
      <Table aria-label="Due by class" mb="md">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>What</Table.Th>
            <Table.Th>Due now</Table.Th>
            <Table.Th>Held</Table.Th>
            <Table.Th>Later</Table.Th>
            <Table.Th>Next</Table.Th>
            <Table.Th>In the next twelve times 30 days</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {classes.map(({ of, due, held, waiting, nextDueAt, coming }) => (
            <Table.Tr key={of}>
              <Table.Td>{keepings[of].title}</Table.Td>
              <Table.Td fw={due > 0 ? 650 : 400}>{due}</Table.Td>
              <Table.Td>{held}</Table.Td>
              <Table.Td>{waiting}</Table.Td>
              <Table.Td>{nextDueAt === null ? "none" : formatMoment(nextDueAt)}</Table.Td>
              <Table.Td>
                <Coming of={of} coming={coming} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

/** Twelve bars: how much falls due in each span. The words say the same. */
function Coming({ of, coming }: { readonly of: DataClass; readonly coming: readonly number[] }) {
  const most = Math.max(...coming);
  const total = coming.reduce((sum, each) => sum + each, 0);
  if (most === 0) return <Text size="sm">nothing</Text>;
  return (
    <svg
      className={styles["coming"]}
      viewBox="0 0 120 24"
      role="img"
      aria-label={`${keepings[of].title}: ${total} fall due within a year: ${coming.join(", ")}`}
    >
      {coming.map((each, span) => {
        const height = each === 0 ? 1 : Math.max(3, (each / most) * 24);
        // oxlint-disable-next-line react/no-array-index-key -- a span is its place
        return <rect key={span} x={span * 10 + 1} y={24 - height} width={8} height={height} data-none={each === 0} />;
      })}
    </svg>
  );
}

function SittingTable({ sittings }: { readonly sittings: Preview["sittings"] }) {
  if (sittings.length === 0) {
    return (
      <Text c="dimmed" mb="xl">
        Nothing of any sitting is due now.
      </Text>
    );
  }
  return (
    <Table aria-label="Due by sitting" mb="xl">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Sitting</Table.Th>
          <Table.Th>Closed</Table.Th>
          <Table.Th>Due now</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {sittings.map(({ sittingId, title, closesAt, due }) => (
          <Table.Tr key={sittingId}>
            <Table.Td>{title}</Table.Td>
            <Table.Td>{formatMoment(closesAt)}</Table.Td>
            <Table.Td>{due.map(({ of, count }) => `${keepings[of].title}: ${count}`).join(", ")}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
