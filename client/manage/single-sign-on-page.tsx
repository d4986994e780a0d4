import { Box, Button, Group, PasswordInput, Stack, Text, TextInput, Title } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { type SubmitEvent, useState } from "react";
import type * as v from "valibot";
import { singleSignOnSchema } from "#protocol/http/single-sign-on.ts";
import { seenOf, valueOf } from "../http/request-problem-error.ts";
import { request } from "../http/request.ts";
import { queryClient } from "../sign-in/query-client.ts";
import { QueryProblem } from "../sign-in/query-problem.tsx";
import { announce } from "../ui/announcer.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Loading } from "../ui/loading.tsx";
import { keys } from "./api.ts";
import { FactorRuleCard } from "./factor-rule.tsx";
import { ReplaceProblem } from "./replace-problem.tsx";
import styles from "./manage.module.css";

const path = "/v1/single-sign-on";
type Provider = v.InferOutput<typeof singleSignOnSchema>["provider"];

/** `/manage/sign-in`: the institution's own provider of sign-ins. */
export function SingleSignOnPage() {
  const [isRemoving, setIsRemoving] = useState(false);
  const setting = useQuery({
    queryKey: keys.singleSignOn,
    queryFn: async () => seenOf(await request(singleSignOnSchema, "GET", path)),
    refetchOnWindowFocus: false,
  });
  if (setting.data === undefined) {
    if (!setting.isError) return <Loading what="how your members sign in" />;
    return <QueryProblem error={setting.error} onRetry={() => void setting.refetch()} />;
  }
  const { institution, callback, provider } = setting.data.value;
  return (
    <>
      <Title order={1} size="h2" mb="xs">
        How your members sign in
      </Title>
      <Text mb="lg" maw="48rem">
        With their password, a passkey, and with the account that they have at your institution where its server speaks
        OpenID Connect. Nobody becomes a member by it: only who was invited here signs in.
      </Text>
      <section aria-labelledby="provider-title" className={styles["card"]}>
        <Title order={2} size="h3" id="provider-title" mb="sm">
          Your institution's own sign-in
        </Title>
        <Text mb="md">
          {provider === null ? (
            <>
              <strong>Off.</strong> Make a client for it at your provider, with this address to come back to, and enter
              here what the provider says:
            </>
          ) : (
            <>
              <strong>On.</strong> Your members choose “Use your institution's account” and enter{" "}
              <strong>{institution}</strong>. The provider sends them back to:
            </>
          )}
          <br />
          <code style={{ overflowWrap: "anywhere" }}>{callback}</code>
        </Text>
        <ProviderForm
          key={setting.data.etag}
          provider={provider}
          etag={setting.data.etag}
          onReread={() => void setting.refetch()}
        />
        {provider === null ? null : (
          <Button variant="default" mt="md" onClick={() => setIsRemoving(true)}>
            Turn it off…
          </Button>
        )}
      </section>
      <Box mt="lg">
        <FactorRuleCard />
      </Box>
      {isRemoving ? <TurnOff onDone={() => setIsRemoving(false)} /> : null}
    </>
  );
}

type ProviderFormProps = {
  readonly provider: Provider;
  readonly etag: string | undefined;
  readonly onReread: () => void;
};

function ProviderForm({ provider, etag, onReread }: ProviderFormProps) {
  const [issuer, setIssuer] = useState(provider?.issuer ?? "");
  const [clientId, setClientId] = useState(provider?.clientId ?? "");
  const [clientSecret, setClientSecret] = useState("");
  const [emailDomain, setEmailDomain] = useState(provider?.emailDomain ?? "");
  const save = useMutation({
    mutationFn: async () => {
      const given = { issuer, clientId, clientSecret, emailDomain };
      return valueOf(await request(null, "PUT", path, given, undefined, etag));
    },
    async onSuccess() {
      announce("Saved. The provider answered.");
      await queryClient.invalidateQueries({ queryKey: keys.singleSignOn });
    },
  });

  function onSubmit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    save.mutate();
  }

  return (
    <form onSubmit={onSubmit} aria-labelledby="provider-title">
      <Stack maw="34rem" gap="md">
        {save.isError ? <ReplaceProblem error={save.error} onReread={onReread} /> : null}
        <TextInput
          label="Issuer"
          description="The provider's address, beginning with https."
          type="url"
          required
          value={issuer}
          onChange={(event) => setIssuer(event.currentTarget.value)}
        />
        <TextInput
          label="Client ID"
          spellCheck={false}
          required
          value={clientId}
          onChange={(event) => setClientId(event.currentTarget.value)}
        />
        <PasswordInput
          label="Client secret"
          description="It is kept encrypted and never shown again: enter it with each change."
          autoComplete="off"
          required
          value={clientSecret}
          visibilityToggleButtonProps={{ "aria-label": "Show or hide the client secret", tabIndex: 0 }}
          onChange={(event) => setClientSecret(event.currentTarget.value)}
        />
        <TextInput
          label="Domain of your e-mail addresses"
          description="Only addresses of it are believed, for example school.example."
          autoCapitalize="none"
          spellCheck={false}
          required
          value={emailDomain}
          onChange={(event) => setEmailDomain(event.currentTarget.value)}
        />
        {provider === null ? null : (
          <Text size="sm">
            With another issuer, client or domain everybody is signed out who signed in by the one of before, and live
            sessions that they watch close. A new secret alone signs nobody out.
          </Text>
        )}
        <Group>
          <Button type="submit" loading={save.isPending}>
            Ask the provider and save
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function TurnOff({ onDone }: { readonly onDone: () => void }) {
  const remove = useMutation({
    mutationFn: async () => valueOf(await request(null, "DELETE", path)),
    async onSuccess() {
      announce("Your institution's own sign-in is off.");
      onDone();
      await queryClient.invalidateQueries({ queryKey: keys.singleSignOn });
    },
  });
  return (
    <Dialog
      title="Turn your institution's own sign-in off?"
      onDismiss={onDone}
      actions={
        <>
          <Button variant="default" onClick={onDone}>
            Leave it on
          </Button>
          <Button loading={remove.isPending} onClick={() => remove.mutate()}>
            Turn it off
          </Button>
        </>
      }
    >
      <p>
        Your members sign in with their password or a passkey then. Who signed in by it is signed out at once, and live
        sessions that they watch close.
      </p>
      {remove.isError ? <QueryProblem error={remove.error} /> : null}
    </Dialog>
  );
}
