import { Button, Group, SegmentedControl, Table, Title } from "@mantine/core";
import { useState } from "react";
import type { DeliveryList, Webhook } from "#protocol/http/webhook.ts";
import { QueryProblem } from "../sign-in/query-problem.tsx";
import { announce } from "../ui/announcer.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { count } from "../ui/format-duration.ts";
import { formatMoment } from "../ui/format-moment.ts";
import { Loading } from "../ui/loading.tsx";
import { useDeliveries, useResend, useResendFailed } from "./webhook-api.ts";
import { deliveryWords, webhookEventWords } from "./webhook-words.ts";
import { Older } from "./older.tsx";

/** What was sent to a webhook, what failed, and the way to send it again. */
export function WebhookDeliveries({ webhook }: { readonly webhook: Webhook }) {
  const [isFailed, setIsFailed] = useState(false);
  const sent = useDeliveries(webhook.id, isFailed);
  const resend = useResend(webhook.id);
  const resendFailed = useResendFailed(webhook.id);
  const deliveries = sent.data?.pages.flatMap((page) => page.deliveries) ?? [];
  const canResend = webhook.state === "on";
  return (
    <section aria-labelledby="sent-title">
      <Title order={2} size="h3" id="sent-title" mb="xs">
        What was sent
      </Title>
      <Group justify="space-between" mb="xs">
        <SegmentedControl
          aria-label="Which are shown"
          data={[
            { value: "all", label: "All" },
            { value: "failed", label: `Failed (${webhook.failed})` },
          ]}
          value={isFailed ? "failed" : "all"}
          onChange={(value) => setIsFailed(value === "failed")}
        />
        {webhook.failed > 0 ? (
          <Button
            variant="default"
            disabled={!canResend}
            loading={resendFailed.isPending}
            onClick={() =>
              resendFailed.mutate(undefined, {
                onSuccess: (resent) => announce(`${count(resent, "message")} on the way again.`),
              })
            }
          >
            Send all failed again
          </Button>
        ) : null}
      </Group>
      {resend.isError ? <QueryProblem error={resend.error} /> : null}
      {resendFailed.isError ? <QueryProblem error={resendFailed.error} /> : null}
      {sent.data === undefined ? (
        sent.isError ? (
          <QueryProblem error={sent.error} onRetry={() => void sent.refetch()} />
        ) : (
          <Loading what="what was sent" />
        )
      ) : deliveries.length === 0 ? (
        <EmptyState title={isFailed ? "Nothing failed" : "Nothing was sent yet"}>
          {isFailed ? "Whatever is given up after ten tries stands here." : "Send a test to see whether it arrives."}
        </EmptyState>
      ) : (
        <>
          <DeliveryTable
            deliveries={deliveries}
            canResend={canResend}
            onResend={(id) => resend.mutate(id, { onSuccess: () => announce("It is on the way again.") })}
          />
          <Older pages={sent} end="These are all. What was delivered is kept here for thirty days." />
        </>
      )}
    </section>
  );
}

/** It is sent within seconds. One that was tried may wait half a day for the next. */
function isOnItsWay({ status, tries }: DeliveryList["deliveries"][number]): boolean {
  return status === "waiting" && tries === 0;
}

type DeliveryTableProps = {
  readonly deliveries: DeliveryList["deliveries"];
  readonly canResend: boolean;
  readonly onResend: (deliveryId: string) => void;
};

function DeliveryTable({ deliveries, canResend, onResend }: DeliveryTableProps) {
  return (
    <Table.ScrollContainer minWidth={720}>
      <Table verticalSpacing="xs" highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">When it happened</Table.Th>
            <Table.Th scope="col">What</Table.Th>
            <Table.Th scope="col">What became of it</Table.Th>
            <Table.Th scope="col">Last tried</Table.Th>
            <Table.Th scope="col">What to do</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {deliveries.map((delivery) => (
            <Table.Tr key={delivery.id}>
              <Table.Td>{formatMoment(delivery.createdAt)}</Table.Td>
              <Table.Td>{webhookEventWords[delivery.type]}</Table.Td>
              <Table.Td>{deliveryWords(delivery)}</Table.Td>
              <Table.Td>{delivery.triedAt === null ? "" : formatMoment(delivery.triedAt)}</Table.Td>
              <Table.Td>
                {isOnItsWay(delivery) ? null : (
                  <Button
                    variant="default"
                    size="xs"
                    disabled={!canResend}
                    aria-label={`Send again: ${webhookEventWords[delivery.type]}, ${formatMoment(delivery.createdAt)}`}
                    onClick={() => onResend(delivery.id)}
                  >
                    Send again
                  </Button>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
