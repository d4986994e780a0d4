import { Anchor, Button, Group, Text, Title } from "@mantine/core";
import { useState } from "react";
import { Link, useNavigate } from "react-router";
import { type Webhook, webhookSchema } from "#protocol/http/webhook.ts";
import { QueryProblem } from "../sign-in/query-problem.tsx";
import { announce } from "../ui/announcer.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { formatMoment } from "../ui/format-moment.ts";
import { Loading } from "../ui/loading.tsx";
import { FreshForm } from "./fresh-form.tsx";
import styles from "./manage.module.css";
import { useNow } from "./use-now.ts";
import { useChangeWebhook, useNewSecret, useRemoveWebhook, useSendTest, useWebhooks } from "./webhook-api.ts";
import { WebhookDeliveries } from "./webhook-deliveries.tsx";
import { WebhookForm } from "./webhook-form.tsx";
import { WebhookSecretNotice } from "./webhook-secret.tsx";
import { stateWords } from "./webhook-words.ts";

/** `/manage/webhooks/:webhookId`: one webhook, and what was sent to it. */
export function WebhookPage({ webhookId }: { readonly webhookId: string }) {
  const webhooks = useWebhooks();
  const webhook = webhooks.data?.find(({ id }) => id === webhookId);
  if (webhooks.data === undefined) {
    if (!webhooks.isError) return <Loading what="the webhook" />;
    return <QueryProblem error={webhooks.error} onRetry={() => void webhooks.refetch()} />;
  }
  return (
    <>
      <Anchor component={Link} to="/manage/webhooks" underline="always">
        All webhooks
      </Anchor>
      {webhook === undefined ? (
        <EmptyState title="This webhook is not there">Somebody removed it, or the address is not whole.</EmptyState>
      ) : (
        <TheWebhook webhook={webhook} />
      )}
    </>
  );
}

type Asking = "change" | "secret" | "remove" | null;

function TheWebhook({ webhook }: { readonly webhook: Webhook }) {
  const change = useChangeWebhook(webhook.id);
  const newSecret = useNewSecret(webhook.id);
  const sendTest = useSendTest(webhook.id);
  const now = useNow();
  const [asking, setAsking] = useState<Asking>(null);
  const [secret, setSecret] = useState<string | null>(null);
  function close() {
    change.reset();
    setAsking(null);
  }
  return (
    <>
      <Title order={1} size="h2" className={styles["auditDetails"]}>
        {webhook.url}
      </Title>
      <Text mb="sm">
        {stateWords(webhook)}.
        {webhook.state === "paused"
          ? " What happens meanwhile is kept as failed. Choose “Change” to turn it on, then send again what failed."
          : ""}
        {webhook.previousUntil !== null && webhook.previousUntil > now
          ? ` Messages are signed with the secret before too, until ${formatMoment(webhook.previousUntil)}.`
          : ""}
      </Text>
      {secret === null ? null : <WebhookSecretNotice secret={secret} onDone={() => setSecret(null)} />}
      <Group gap="xs" my="md">
        <Button
          loading={sendTest.isPending}
          disabled={webhook.state !== "on"}
          onClick={() => sendTest.mutate(undefined, { onSuccess: () => announce("A test is on its way.") })}
        >
          Send a test
        </Button>
        <Button variant="default" onClick={() => setAsking("change")}>
          Change…
        </Button>
        <Button variant="default" onClick={() => setAsking("secret")}>
          New secret…
        </Button>
        <Button variant="default" onClick={() => setAsking("remove")}>
          Remove…
        </Button>
      </Group>
      {sendTest.isError ? <QueryProblem error={sendTest.error} /> : null}
      <WebhookDeliveries webhook={webhook} />
      {asking === "change" ? (
        <FreshForm
          title="Change the webhook"
          schema={webhookSchema}
          path={`/v1/webhooks/${webhook.id}`}
          onClose={close}
        >
          {(seen, reread) => (
            <WebhookForm
              title="Change the webhook"
              submitWords="Save"
              before={seen.value}
              onReread={() => {
                change.reset();
                reread();
              }}
              isSending={change.isPending}
              error={change.error}
              onClose={close}
              onSubmit={(asked) => change.mutate({ asked, etag: seen.etag }, { onSuccess: close })}
            />
          )}
        </FreshForm>
      ) : null}
      {asking === "secret" ? (
        <Dialog
          title="Make a new secret?"
          onDismiss={() => setAsking(null)}
          actions={
            <>
              <Button variant="default" onClick={() => setAsking(null)}>
                Keep the secret
              </Button>
              <Button
                loading={newSecret.isPending}
                onClick={() =>
                  newSecret.mutate(undefined, {
                    onSuccess(made) {
                      setSecret(made.secret);
                      setAsking(null);
                    },
                  })
                }
              >
                Make a new one
              </Button>
            </>
          }
        >
          <p>For a day messages are signed with both, so that your program can take the new one over in that time.</p>
          {newSecret.isError ? <QueryProblem error={newSecret.error} /> : null}
        </Dialog>
      ) : null}
      {asking === "remove" ? <RemoveDialog webhook={webhook} onClose={() => setAsking(null)} /> : null}
    </>
  );
}

function RemoveDialog({ webhook, onClose }: { readonly webhook: Webhook; readonly onClose: () => void }) {
  const remove = useRemoveWebhook(webhook.id);
  const navigate = useNavigate();
  return (
    <Dialog
      title="Remove the webhook?"
      onDismiss={onClose}
      actions={
        <>
          <Button variant="default" onClick={onClose}>
            Keep it
          </Button>
          <Button
            loading={remove.isPending}
            onClick={() =>
              remove.mutate(undefined, {
                onSuccess() {
                  announce("The webhook is removed.");
                  void navigate("/manage/webhooks");
                },
              })
            }
          >
            Remove it
          </Button>
        </>
      }
    >
      <p>Its program is told nothing any more, and the list of what was sent goes with it. It cannot be taken back.</p>
      {remove.isError ? <QueryProblem error={remove.error} /> : null}
    </Dialog>
  );
}
