import { Button, Group, Stack, Text, Title } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { type SubmitEvent, useId, useState } from "react";
import { type PasskeyEntry, passkeyListSchema } from "#protocol/http/passkey.ts";
import { valueOf } from "../http/request-problem-error.ts";
import { request } from "../http/request.ts";
import { queryClient } from "../sign-in/query-client.ts";
import { QueryProblem } from "../sign-in/query-problem.tsx";
import { knowsPasskeys } from "../sign-in/show-passkey.ts";
import { announce } from "../ui/announcer.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { formatMoment } from "../ui/format-moment.ts";
import { Loading } from "../ui/loading.tsx";
import { AddPasskey } from "./add-passkey.tsx";
import { keys } from "./api.ts";
import { FactorFields, noFactors } from "./factor-fields.tsx";
import styles from "./manage.module.css";
import { PasswordProblem } from "./password-problem.tsx";

/** The passkeys of the member: what they are called, when they were used, and the way to add and remove one. */
export function Passkeys() {
  const [isAdding, setIsAdding] = useState(false);
  const [leaving, setLeaving] = useState<PasskeyEntry | null>(null);
  const kept = useQuery({
    queryKey: keys.passkeys,
    queryFn: async () => valueOf(await request(passkeyListSchema, "GET", "/v1/sign-in/passkeys")).passkeys,
  });
  if (kept.data === undefined) {
    if (!kept.isError) return <Loading what="your passkeys" />;
    return <QueryProblem error={kept.error} onRetry={() => void kept.refetch()} />;
  }
  return (
    <section aria-labelledby="passkeys-title" className={styles["card"]}>
      <Title order={2} size="h3" id="passkeys-title" mb="sm">
        Passkeys
      </Title>
      <Text size="sm" mb="md" maw="44rem">
        A passkey signs you in with your finger, face or PIN, without password and code. It is good on this site only,
        so that no page that looks like ours can ask for it. Your finger and face stay on your device.
      </Text>
      {kept.data.length === 0 ? null : (
        <Stack component="ul" gap="md" p={0} m={0} mb="md" style={{ listStyle: "none" }}>
          {kept.data.map((entry) => (
            <Group component="li" key={entry.passkeyId} justify="space-between" wrap="nowrap">
              <div>
                <Text fw={600} style={{ overflowWrap: "anywhere" }}>
                  {entry.name}
                </Text>
                <Text size="sm" c="dimmed">
                  {entry.lastUsedAt === null ? "Not used yet." : `Last used ${formatMoment(entry.lastUsedAt)}.`} Added{" "}
                  {formatMoment(entry.addedAt)}.
                </Text>
              </div>
              <Button
                variant="default"
                size="xs"
                aria-label={`Remove the passkey ${entry.name}…`}
                onClick={() => setLeaving(entry)}
              >
                Remove…
              </Button>
            </Group>
          ))}
        </Stack>
      )}
      {isAdding ? (
        <AddPasskey onDone={() => setIsAdding(false)} />
      ) : (
        <Button variant="default" disabled={!knowsPasskeys()} onClick={() => setIsAdding(true)}>
          Add a passkey
        </Button>
      )}
      {knowsPasskeys() ? null : (
        <Text size="sm" mt="xs">
          This browser knows no passkeys.
        </Text>
      )}
      {leaving === null ? null : <RemovePasskey entry={leaving} onDone={() => setLeaving(null)} />}
    </section>
  );
}

function RemovePasskey({ entry, onDone }: { readonly entry: PasskeyEntry; readonly onDone: () => void }) {
  const [factors, setFactors] = useState(noFactors);
  const formId = useId();
  const title = `Remove the passkey ${entry.name}?`;
  const remove = useMutation({
    mutationFn: async () =>
      valueOf(await request(null, "POST", `/v1/sign-in/passkeys/${entry.passkeyId}/removal`, factors)),
    async onSuccess() {
      announce("The passkey is removed.");
      onDone();
      await queryClient.invalidateQueries({ queryKey: keys.passkeys });
      await queryClient.invalidateQueries({ queryKey: keys.signIns });
    },
  });

  function onSubmit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    remove.mutate();
  }

  return (
    <Dialog
      title={title}
      onDismiss={onDone}
      actions={
        <>
          <Button variant="default" onClick={onDone}>
            Keep it
          </Button>
          <Button type="submit" form={formId} loading={remove.isPending}>
            Remove it
          </Button>
        </>
      }
    >
      <p>It signs you in no more, and every other browser is signed out. The device may go on showing it.</p>
      <form id={formId} onSubmit={onSubmit} aria-label={title}>
        <Stack maw="26rem" gap="md">
          {remove.isError ? <PasswordProblem error={remove.error} /> : null}
          <FactorFields factors={factors} onChange={setFactors} />
        </Stack>
      </form>
    </Dialog>
  );
}
