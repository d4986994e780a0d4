import { Button, Group, Select, Text, Title } from "@mantine/core";
import { useState } from "react";
import { can } from "#domain/access/permission.ts";
import { ledgerKinds } from "#domain/ledger/entry.ts";
import type { Ledger, ListedLedgerEntry } from "#protocol/http/ledger.ts";
import { useMe } from "../sign-in/me.ts";
import { QueryProblem } from "../sign-in/query-problem.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { count } from "../ui/format-duration.ts";
import { Loading } from "../ui/loading.tsx";
import { BalancePicture } from "./balance-picture.tsx";
import { DownloadCsv } from "./download-csv.tsx";
import { useLedger } from "./ledger-api.ts";
import { LedgerTable } from "./ledger-table.tsx";
import { credits, ledgerKindWords } from "./ledger-words.ts";
import styles from "./ledger.module.css";
import { zoneWords } from "./local-moment.ts";
import { Older } from "./older.tsx";
import { useFilters } from "./use-filters.ts";
import { RefundDialog } from "./refund-dialog.tsx";

/** `/manage/ledger`: what the institution was given and used, what is left, and refunds. */
export function LedgerPage() {
  const me = useMe();
  const { filters, filter, clear } = useFilters();
  const [refunding, setRefunding] = useState<ListedLedgerEntry | null>(null);
  const ledger = useLedger(filters.toString());
  const pages = ledger.data?.pages ?? [];
  const [head] = pages;
  const entries = pages.flatMap((page) => page.entries);
  const attempt = filters.get("attempt");

  return (
    <>
      <Group justify="space-between" mb="xs">
        <Title order={1} size="h2">
          Ledger
        </Title>
        <DownloadCsv label="Export everything" path="/v1/ledger" fileName="ledger.csv" />
      </Group>
      {head === undefined ? (
        ledger.isError ? (
          <QueryProblem error={ledger.error} onRetry={() => void ledger.refetch()} />
        ) : (
          <Loading what="the ledger" />
        )
      ) : (
        <>
          <StandingFigures {...head} />
          <search aria-label="Filter the ledger">
            <Group align="end" gap="sm" mb="sm">
              <Select
                label="What"
                placeholder="Anything"
                data={ledgerKinds.map((kind) => ({ value: kind, label: ledgerKindWords[kind] }))}
                value={filters.get("kind")}
                onChange={(value) => filter("kind", value)}
                clearable
                w="14rem"
              />
              {attempt === null ? null : <Text pb="0.4rem">Only {entries[0]?.name ?? "one attempt"}</Text>}
              {filters.size === 0 ? null : (
                <Button variant="default" onClick={clear}>
                  Show everything
                </Button>
              )}
            </Group>
          </search>
          {entries.length === 0 ? (
            <EmptyState title={filters.size === 0 ? "There is no entry yet" : "No entry is like that"}>
              {filters.size === 0
                ? "Credits that your institution is given stand here, and each attempt from the moment its paper opens. Whoever provides Invigil to you gives credits."
                : "Choose less: show everything again."}
            </EmptyState>
          ) : (
            <>
              <LedgerTable
                entries={entries}
                onOnly={(attemptId) => filter("attempt", attemptId)}
                hasAudit={can(me, "read-audit")}
                onRefund={can(me, "manage-billing") ? setRefunding : null}
              />
              <Group justify="space-between" mt="sm">
                <Text size="sm" c="dimmed">
                  Times are those of this computer: {zoneWords(entries[0]?.at ?? 0)}.
                </Text>
                <Older pages={ledger} />
              </Group>
            </>
          )}
        </>
      )}
      {refunding === null || refunding.attemptId === null ? null : (
        <RefundDialog
          attemptId={refunding.attemptId}
          name={refunding.name ?? "this candidate"}
          onClose={() => setRefunding(null)}
        />
      )}
    </>
  );
}

function StandingFigures({ balance, overdraft, promised, placesLeft, price, days }: Ledger) {
  return (
    <section className={styles["standing"]} aria-label="Balance">
      <div>
        <p className={styles["balance"]} data-negative={balance < 0}>
          {credits(balance)} <Text component="span">credits</Text>
        </p>
        <Text size="sm">An attempt costs {credits(price)} from the moment its paper opens.</Text>
        <Text size="sm">
          {promised === 0 ? "No place is taken" : `${count(promised, "place")} taken`}, not begun yet.
        </Text>
        <Text size="sm" {...(placesLeft === 0 ? { fw: 650 } : {})}>
          {limitWords(overdraft, placesLeft)}
        </Text>
      </div>
      <BalancePicture days={days} overdraft={overdraft} />
    </section>
  );
}

function limitWords(overdraft: number | null, placesLeft: number | null): string {
  if (overdraft === null || placesLeft === null) return "There is no limit: candidates can be added below zero too.";
  const down = overdraft === 0 ? "zero" : `${credits(overdraft)} below zero`;
  if (placesLeft === 0) {
    return `The limit is ${down}, and it is reached: no candidate can be added. Exams that are scheduled go on. Ask whoever provides Invigil to you for credits.`;
  }
  return `The limit is ${down}: ${count(placesLeft, "more candidate")} can be added.`;
}
