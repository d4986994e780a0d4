import { Anchor, Checkbox, Group, Table, Text, Title } from "@mantine/core";
import { useState } from "react";
import { Link } from "react-router";
import type { ReviewState } from "#domain/attempt/review.ts";
import type { Result, Sitting } from "#protocol/http/sitting.ts";
import { standingWords } from "../review/hold-words.ts";
import { percentWords } from "../review/response-words.ts";
import { statusText } from "../review/status-text.ts";
import { QueryProblem } from "../sign-in/query-problem.tsx";
import { formatTime } from "../ui/format-moment.ts";
import { Loading } from "../ui/loading.tsx";
import { useResults } from "./api.ts";
import { DownloadCsv } from "./download-csv.tsx";
import styles from "./manage.module.css";
import { orderResults, type ResultColumn, resultColumns, type ResultOrder } from "./result-order.ts";

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
  const [isHeldOnly, setIsHeldOnly] = useState(false);
  const all = results.data ?? [];
  const held = all.filter(({ review }) => review === "held");
  const rows = orderResults(isHeldOnly && held.length > 0 ? held : all, order);

  return (
    <section aria-labelledby="results-title" className={styles["card"]}>
      <Group justify="space-between" mb="xs">
        <Title order={2} size="h3" id="results-title">
          Results
        </Title>
        {rows.length === 0 ? null : (
          <Group gap="sm">
            {held.length === 0 ? null : (
              <Checkbox
                label={`${held.length} held for review`}
                checked={isHeldOnly}
                onChange={(event) => setIsHeldOnly(event.currentTarget.checked)}
              />
            )}
            <DownloadCsv
              label="Download as CSV"
              path={`/v1/sittings/${sitting.id}/results${isHeldOnly && held.length > 0 ? "?review=held" : ""}`}
              fileName="results.csv"
            />
          </Group>
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
  const { attemptId, name, status, points, outOf, violations, openedAt, closedAt, review } = result;
  return (
    <Table.Tr>
      <Table.Td>{name}</Table.Td>
      <Table.Td>{statusText(status)}</Table.Td>
      <Table.Td>
        {points === null || outOf === null
          ? review === "voided"
            ? ""
            : "–"
          : `${points} of ${outOf} (${percentWords(points, outOf)})`}
        {review === null ? null : <Standing review={review} />}
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

/** How a result stands, beside its points: nobody is to read the number without it. */
function Standing({ review }: { readonly review: ReviewState }) {
  return (
    <Text size="sm" fw={review === "stands" ? undefined : 600} c={review === "stands" ? "dimmed" : "red"}>
      {review === "held" ? "⚠ Held for review: not to be used yet" : standingWords[review]}
    </Text>
  );
}
