import { Button, Group, Stack, Text, Title } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { passkeyListSchema } from "#protocol/http/passkey.ts";
import { authenticatorSchema } from "#protocol/http/second-factor.ts";
import { valueOf } from "../http/request-problem-error.ts";
import { request } from "../http/request.ts";
import { meKey, readMe, useMe } from "../sign-in/me.ts";
import { queryClient } from "../sign-in/query-client.ts";
import { QueryProblem } from "../sign-in/query-problem.tsx";
import { SignedInAs } from "../sign-in/signed-in-as.tsx";
import { PageFrame } from "../ui/page-frame.tsx";
import { keys } from "./api.ts";
import { AuthenticatorApp } from "./authenticator-app.tsx";
import styles from "./manage.module.css";
import { Passkeys } from "./passkeys.tsx";

/** In place of any page of the staff, while the second factor is wanting that the institution asks for. [G91] */
export function FactorDemanded() {
  const { tenantName, secondFactor } = useMe();
  return (
    <PageFrame title="One more step" aside={<SignedInAs />}>
      <Title order={1} size="h2" mb="xs">
        One more step before you go on
      </Title>
      <Text mb="lg" maw="48rem">
        {tenantName} asks everybody here for a second factor, so that nobody who learns your password can sign in as
        you. Nothing of yours is lost, and all your work is where you left it.
      </Text>
      {secondFactor === "to-show" ? <ShowIt /> : <SetOneUp />}
    </PageFrame>
  );
}

function SetOneUp() {
  const app = useQuery({
    queryKey: keys.authenticator,
    queryFn: async () => valueOf(await request(authenticatorSchema, "GET", "/v1/sign-in/authenticator")),
  });
  const passkeys = useQuery({
    queryKey: keys.passkeys,
    queryFn: async () => valueOf(await request(passkeyListSchema, "GET", "/v1/sign-in/passkeys")).passkeys,
  });
  const goOn = useMutation({
    mutationFn: readMe,
    onSuccess: (me) => queryClient.setQueryData(meKey, me),
  });
  const isSetUp = (app.data?.setAt ?? null) !== null || (passkeys.data?.length ?? 0) > 0;
  return (
    <Stack gap="lg">
      {isSetUp ? (
        <section aria-labelledby="set-up-title" className={styles["card"]}>
          <Title order={2} size="h3" id="set-up-title" mb="xs">
            That is all
          </Title>
          <Text mb="md">You have a second factor now. If you were shown recovery codes, keep them first.</Text>
          {goOn.isError ? <QueryProblem error={goOn.error} /> : null}
          <Button loading={goOn.isPending} onClick={() => goOn.mutate()}>
            Go on
          </Button>
        </section>
      ) : (
        <Text maw="48rem">
          <strong>Set up one of these two, whichever you like better.</strong> You need your password for it. If you
          have none, because you sign in with your institution's account, ask an administrator for a new way in.
        </Text>
      )}
      <Passkeys />
      <AuthenticatorApp />
    </Stack>
  );
}

function ShowIt() {
  const signOut = useMutation({
    mutationFn: async () => valueOf(await request(null, "POST", "/v1/sign-out")),
    onSuccess: () => queryClient.setQueryData(meKey, null),
  });
  return (
    <section aria-labelledby="show-title" className={styles["card"]}>
      <Title order={2} size="h3" id="show-title" mb="xs">
        Sign in again, with the one that you have
      </Title>
      <Text mb="md" maw="44rem">
        You have a passkey or an authenticator app, and this sign-in was made without it. Sign in with your passkey, or
        with your password and a code of the app. If you lost it, ask an administrator of your institution to take it
        off your account: then you set up a new one.
      </Text>
      {signOut.isError ? <QueryProblem error={signOut.error} /> : null}
      <Group>
        <Button loading={signOut.isPending} onClick={() => signOut.mutate()}>
          Sign in again
        </Button>
      </Group>
    </section>
  );
}
