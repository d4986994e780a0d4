import { Anchor, Button, Group, Table, Text, Title } from "@mantine/core";
import type { AuditList } from "#protocol/http/audit.ts";
import { QueryProblem } from "../sign-in/query-problem.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { Loading } from "../ui/loading.tsx";
import { useAudit, useVerified } from "./audit-api.ts";
import { AuditFilters } from "./audit-filters.tsx";
import { auditKindWords, detailsOf, subjectOf, whoWords } from "./audit-words.ts";
import { DownloadCsv } from "./download-csv.tsx";
import { zoneWords } from "./local-moment.ts";
import { Older } from "./older.tsx";
import { useFilters } from "./use-filters.ts";
import styles from "./manage.module.css";

const moment = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" });
const hourAndMinute = new Intl.DateTimeFormat(undefined, { timeStyle: "short" });

/** `/manage/audit`: who did what, on what, when, and how far it is signed. */
export function AuditPage() {
  const { filters, filter, clear } = useFilters();
  const audit = useAudit(filters.toString());
  const pages = audit.data?.pages ?? [];
  const entries = pages.flatMap((page) => page.entries);

  return (
    <>
      <Group justify="space-between" mb="xs">
        <Title order={1} size="h2">
          Audit
        </Title>
        <Group gap="sm">
          <Button variant="default" onClick={() => void audit.refetch()}>
            Look for new entries
          </Button>
          <DownloadCsv
            label={filters.size === 0 ? "Download as CSV" : "Download these as CSV"}
            path={`/v1/audit?${filters}`}
            fileName="audit.csv"
          />
          <Button component="a" href="/v1/audit/export" download="audit.ndjson" variant="default">
            Export everything
          </Button>
        </Group>
      </Group>
      <Signed signed={pages[0]?.signed ?? null} />
      <AuditFilters filters={filters} onFilter={filter} onClear={clear} />
      {audit.data === undefined ? (
        audit.isError ? (
          <QueryProblem error={audit.error} onRetry={() => void audit.refetch()} />
        ) : (
          <Loading what="the audit" />
        )
      ) : entries.length === 0 ? (
        <EmptyState title={filters.size === 0 ? "There is no entry yet" : "No entry is like that"}>
          {filters.size === 0
            ? "Whatever staff do, and whatever comes of attempts, is entered here from now on."
            : "Choose less: leave out one of the filters, or widen the time."}
        </EmptyState>
      ) : (
        <>
          <EntryTable entries={entries} onOnly={(id) => filter("on", id)} />
          <Group justify="space-between" mt="sm">
            <Text size="sm" c="dimmed">
              Times are those of this computer: {zoneWords(entries[0]?.entry.at ?? 0)}.
            </Text>
            <Older pages={audit} />
          </Group>
        </>
      )}
    </>
  );
}

/** How far the log is signed. The signature is verified here, in the browser. */
function Signed({ signed }: { readonly signed: AuditList["signed"] }) {
  const { data: verified } = useVerified(signed);
  const words =
    signed === null
      ? "Nothing is signed yet: that takes a few seconds after the first entry."
      : verified === undefined
        ? `Signed up to entry ${signed.size}. Verifying …`
        : verified.size === null
          ? `Signed up to entry ${signed.size}. This browser could not verify the signature: export the audit and verify it.`
          : `Verified up to entry ${verified.size} at ${hourAndMinute.format(signed.at)}.`;
  return (
    <Text size="sm" mb="sm" role="status">
      {words} Who keeps the export and verifies it later finds out if anything was changed.
    </Text>
  );
}

type EntryTableProps = { readonly entries: AuditList["entries"]; readonly onOnly: (id: string) => void };

function EntryTable({ entries, onOnly }: EntryTableProps) {
  return (
    <Table.ScrollContainer minWidth={720}>
      <Table verticalSpacing="xs" highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">Entry</Table.Th>
            <Table.Th scope="col">When</Table.Th>
            <Table.Th scope="col">Who</Table.Th>
            <Table.Th scope="col">What</Table.Th>
            <Table.Th scope="col">On what</Table.Th>
            <Table.Th scope="col">From</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {entries.map(({ number, entry, whoName, onName }) => (
            <Table.Tr key={number}>
              <Table.Td>{number}</Table.Td>
              <Table.Td className={styles["auditMoment"]}>{moment.format(entry.at)}</Table.Td>
              <Table.Td>{whoWords(entry, whoName)}</Table.Td>
              <Table.Td className={styles["auditWhat"]}>
                {auditKindWords[entry.kind]}
                <Text size="sm" c="dimmed" className={styles["auditDetails"]}>
                  {detailsOf(entry)}
                </Text>
              </Table.Td>
              <Table.Td className={styles["auditSubject"]}>
                <Subject id={entry.on?.id ?? null} words={subjectOf(entry, onName)} onOnly={onOnly} />
              </Table.Td>
              <Table.Td className={styles["auditFrom"]}>{entry.from ?? ""}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

type SubjectProps = { readonly id: string | null; readonly words: string; readonly onOnly: (id: string) => void };

function Subject({ id, words, onOnly }: SubjectProps) {
  if (id === null) return null;
  return (
    <Anchor
      component="button"
      type="button"
      ta="start"
      fz="inherit"
      onClick={() => onOnly(id)}
      aria-label={`Only ${words}`}
    >
      {words}
    </Anchor>
  );
}
