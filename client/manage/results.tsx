import { Anchor, Button, Group, Table, Text, Title } from "@mantine/core";
import { useState } from "react";
import { Link } from "react-router";
import type { Result, Sitting } from "#protocol/http/sitting.ts";
import { percentWords } from "../review/response-words.ts";
import { statusText } from "../review/status-text.ts";
import { QueryProblem } from "../sign-in/query-problem.tsx";
import { download } from "../ui/download.ts";
import { formatTime } from "../ui/format-moment.ts";
import { Loading } from "../ui/loading.tsx";
import { useResults } from "./api.ts";
import { csvOf } from "./csv.ts";
import styles from "./manage.module.css";
import { orderResults, type ResultColumn, resultColumns, type ResultOrder, shareOf } from "./result-order.ts";

type ResultsProps = { readonly sitting: Sitting; readonly mayReview: boolean };

const heads: Readonly<Record<ResultColumn, string>> = {
  name: "Name",
  status: "Status",
  points: "Points",
  violations: "Violations",
  openedAt: "Opened",
  closedAt: "Ended",
};

/** What everybody earned, and the way to each attempt. */
export function Results({ sitting, mayReview }: ResultsProps) {
  const results = useResults(sitting.id);
  const [order, setOrder] = useState<ResultOrder>({ column: "name", isDescending: false });
  const rows = orderResults(results.data ?? [], order);

  return (
    <section aria-labelledby="results-title" className={styles["card"]}>
      <Group justify="space-between" mb="xs">
        <Title order={2} size="h3" id="results-title">
          Results
        </Title>
        {rows.length === 0 ? null : (
          <Button variant="default" onClick={() => download("results.csv", "text/csv", resultsCsv(rows))}>
            Download as CSV
          </Button>
        )}
      </Group>
      {results.data === undefined ? (
        results.isError ? (
          <QueryProblem error={results.error} onRetry={() => void results.refetch()} />
        ) : (
          <Loading what="the results" />
        )
      ) : rows.length === 0 ? (
        <Text c="dimmed">There are none yet: they appear here when candidates are registered and sit the exam.</Text>
      ) : (
        <Table.ScrollContainer minWidth={720}>
          <Table verticalSpacing="xs" highlightOnHover>
            <Table.Thead>
              <Table.Tr>
                {resultColumns.map((column) => (
                  <Head key={column} column={column} order={order} onOrder={setOrder} />
                ))}
                {mayReview ? <Table.Th scope="col">Review</Table.Th> : null}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.map((result) => (
                <ResultRow key={result.attemptId} result={result} mayReview={mayReview} />
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </section>
  );
}

type HeadProps = {
  readonly column: ResultColumn;
  readonly order: ResultOrder;
  readonly onOrder: (order: ResultOrder) => void;
};

function Head({ column, order, onOrder }: HeadProps) {
  const isBy = order.column === column;
  const direction = order.isDescending ? "descending" : "ascending";
  return (
    <Table.Th scope="col" aria-sort={isBy ? direction : "none"}>
      <button
        type="button"
        className={styles["sort"]}
        onClick={() => onOrder({ column, isDescending: isBy ? !order.isDescending : column === "violations" })}
      >
        {heads[column]}
        <span aria-hidden="true">{isBy ? (order.isDescending ? " ↓" : " ↑") : ""}</span>
      </button>
    </Table.Th>
  );
}

function ResultRow({ result, mayReview }: { readonly result: Result; readonly mayReview: boolean }) {
  const { attemptId, name, status, points, outOf, violations, openedAt, closedAt } = result;
  return (
    <Table.Tr>
      <Table.Td>{name}</Table.Td>
      <Table.Td>{statusText(status)}</Table.Td>
      <Table.Td>
        {points === null || outOf === null ? "–" : `${points} of ${outOf} (${percentWords(points, outOf)})`}
      </Table.Td>
      <Table.Td>{violations === 0 ? "0" : `⚠ ${violations}`}</Table.Td>
      <Table.Td>{openedAt === null ? "–" : formatTime(openedAt)}</Table.Td>
      <Table.Td>{closedAt === null ? "–" : formatTime(closedAt)}</Table.Td>
      {mayReview ? (
        <Table.Td>
          <Anchor component={Link} to={`/review/${attemptId}`} aria-label={`Review the attempt of ${name}`}>
            Review
          </Anchor>
        </Table.Td>
      ) : null}
    </Table.Tr>
  );
}

/** Moments as ISO 8601 in UTC, so that the file means the same everywhere. */
function resultsCsv(results: readonly Result[]): string {
  const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString());
  return csvOf(
    ["name", "status", "points", "out of", "percent", "violations", "opened", "ended", "attempt"],
    results.map((result) => {
      const share = shareOf(result);
      return [
        result.name,
        result.status,
        result.points,
        result.outOf,
        share === null ? null : Math.round(share * 1000) / 10,
        result.violations,
        iso(result.openedAt),
        iso(result.closedAt),
        result.attemptId,
      ];
    }),
  );
}
