import { Anchor, Button, Group, Table, Text, Title } from "@mantine/core";
import { useState } from "react";
import { Link } from "react-router";
import type { Webhook, WebhookSecret } from "#protocol/http/webhook.ts";
import { QueryProblem } from "../sign-in/query-problem.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { count } from "../ui/format-duration.ts";
import { Loading } from "../ui/loading.tsx";
import styles from "./manage.module.css";
import { useAddWebhook, useWebhooks } from "./webhook-api.ts";
import { WebhookForm } from "./webhook-form.tsx";
import { WebhookSecretNotice } from "./webhook-secret.tsx";
import { stateWords } from "./webhook-words.ts";

/** `/manage/webhooks`: which programs are told of events, and how that goes. */
export function WebhooksPage() {
  const webhooks = useWebhooks();
  const add = useAddWebhook();
  const [isAdding, setIsAdding] = useState(false);
  const [made, setMade] = useState<WebhookSecret | null>(null);
  return (
    <>
      <Group justify="space-between" mb="xs">
        <Title order={1} size="h2">
          Webhooks
        </Title>
        {made === null ? <Button onClick={() => setIsAdding(true)}>Add a webhook…</Button> : null}
      </Group>
      <Text mb="md" maw="44rem">
        A webhook is an address of one of your programs that is told what happens, as it happens.
      </Text>
      {made === null ? null : <WebhookSecretNotice secret={made.secret} onDone={() => setMade(null)} />}
      {webhooks.data === undefined ? (
        webhooks.isError ? (
          <QueryProblem error={webhooks.error} onRetry={() => void webhooks.refetch()} />
        ) : (
          <Loading what="the webhooks" />
        )
      ) : webhooks.data.length === 0 ? (
        <EmptyState title="Nobody is told yet">
          A grade book can be told when an attempt is scored, a help desk when something is noticed. Begin with “Add a
          webhook”, then send it a test.
        </EmptyState>
      ) : (
        <WebhookTable webhooks={webhooks.data} />
      )}
      {isAdding ? (
        <WebhookForm
          title="Add a webhook"
          submitWords="Add it"
          before={null}
          isSending={add.isPending}
          error={add.error}
          onClose={() => setIsAdding(false)}
          onSubmit={({ url, events }) =>
            add.mutate(
              { url, events },
              {
                onSuccess(secret) {
                  setIsAdding(false);
                  setMade(secret);
                },
              },
            )
          }
        />
      ) : null}
    </>
  );
}

function WebhookTable({ webhooks }: { readonly webhooks: readonly Webhook[] }) {
  return (
    <Table.ScrollContainer minWidth={640}>
      <Table verticalSpacing="sm" highlightOnHover mt="md">
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">Address</Table.Th>
            <Table.Th scope="col">State</Table.Th>
            <Table.Th scope="col">Listens for</Table.Th>
            <Table.Th scope="col">Waiting</Table.Th>
            <Table.Th scope="col">Failed</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {webhooks.map((webhook) => (
            <Table.Tr key={webhook.id}>
              <Table.Td className={styles["auditDetails"]}>
                <Anchor component={Link} to={`/manage/webhooks/${webhook.id}`} underline="always">
                  {webhook.url}
                </Anchor>
              </Table.Td>
              <Table.Td>{stateWords(webhook)}</Table.Td>
              <Table.Td>{count(webhook.events.length, "event")}</Table.Td>
              <Table.Td>{webhook.waiting}</Table.Td>
              <Table.Td>{webhook.failed}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
