import { Anchor, Button, Table, Text } from "@mantine/core";
import { Link } from "react-router";
import type { ListedLedgerEntry } from "#protocol/http/ledger.ts";
import { creditChange, ledgerDetail, ledgerKindWords } from "./ledger-words.ts";
import styles from "./ledger.module.css";

const moment = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });

type LedgerTableProps = {
  readonly entries: readonly ListedLedgerEntry[];
  readonly onOnly: (attemptId: string) => void;
  /** Whether the reader may read the audit too. */
  readonly hasAudit: boolean;
  /** Null: the reader may not. */
  readonly onRefund: ((entry: ListedLedgerEntry) => void) | null;
};

export function LedgerTable({ entries, onOnly, hasAudit, onRefund }: LedgerTableProps) {
  return (
    <Table.ScrollContainer minWidth={640}>
      <Table verticalSpacing="xs" highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">Entry</Table.Th>
            <Table.Th scope="col">When</Table.Th>
            <Table.Th scope="col">What</Table.Th>
            <Table.Th scope="col">Candidate</Table.Th>
            <Table.Th scope="col" className={styles["number"]}>
              Credits
            </Table.Th>
            {onRefund === null ? null : <Table.Th scope="col">Refund</Table.Th>}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {entries.map((entry) => (
            <Table.Tr key={entry.number}>
              <Table.Td>{entry.number}</Table.Td>
              <Table.Td>{moment.format(entry.at)}</Table.Td>
              <Table.Td>
                {ledgerKindWords[entry.kind]}
                <Text size="sm" c="dimmed">
                  {ledgerDetail(entry)}
                </Text>
                {entry.kind === "refund" && entry.attemptId !== null && hasAudit ? (
                  <Anchor
                    size="sm"
                    component={Link}
                    to={`/manage/audit?on=${encodeURIComponent(entry.attemptId)}`}
                    aria-label={`See the audit of the attempt of ${entry.name ?? entry.attemptId}`}
                  >
                    See the audit
                  </Anchor>
                ) : null}
              </Table.Td>
              <Table.Td>
                <Candidate entry={entry} onOnly={onOnly} />
              </Table.Td>
              <Table.Td className={styles["number"]}>{creditChange(entry.change)}</Table.Td>
              {onRefund === null ? null : (
                <Table.Td>
                  {entry.mayRefund ? (
                    <Button
                      variant="default"
                      size="compact-sm"
                      aria-label={`Refund ${entry.name ?? `entry ${entry.number}`} …`}
                      onClick={() => onRefund(entry)}
                    >
                      Refund …
                    </Button>
                  ) : null}
                </Table.Td>
              )}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

type CandidateProps = { readonly entry: ListedLedgerEntry; readonly onOnly: (attemptId: string) => void };

function Candidate({ entry: { attemptId, name }, onOnly }: CandidateProps) {
  if (attemptId === null) return null;
  const words = name ?? attemptId;
  return (
    <Anchor
      component="button"
      type="button"
      ta="start"
      onClick={() => onOnly(attemptId)}
      aria-label={`Only the attempt of ${words}`}
    >
      {words}
    </Anchor>
  );
}
