import { Button, Stack, Text, Title } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type SubmitEvent, useId, useState } from "react";
import { type Revoked, revokedSchema } from "#protocol/http/sign-in.ts";
import { valueOf } from "../http/request-problem-error.ts";
import { request } from "../http/request.ts";
import { meKey } from "../sign-in/me.ts";
import { queryClient } from "../sign-in/query-client.ts";
import { announce } from "../ui/announcer.tsx";
import { Dialog } from "../ui/dialog.tsx";
import styles from "./manage.module.css";
import { FactorFields, noFactors } from "./factor-fields.tsx";
import { PasswordProblem } from "./password-problem.tsx";
import { revokedWords } from "./revoked-words.ts";

/** For who thinks that somebody else was in their account. */
export function TakeAccountBack() {
  const [isAsking, setIsAsking] = useState(false);
  return (
    <section aria-labelledby="back-title" className={styles["card"]}>
      <Title order={2} size="h3" id="back-title" mb="sm">
        Was somebody else in your account?
      </Title>
      <Text size="sm" mb="md" maw="44rem">
        Change your password above first, so that it is yours alone. Then end everything that is open in your name: each
        sign-in, live session, key of the API and passkey, whoever made it.
      </Text>
      <Button variant="default" onClick={() => setIsAsking(true)}>
        Sign out everywhere and revoke…
      </Button>
      {isAsking ? <Ask onDismiss={() => setIsAsking(false)} /> : null}
    </section>
  );
}

function Ask({ onDismiss }: { readonly onDismiss: () => void }) {
  const [factors, setFactors] = useState(noFactors);
  const formId = useId();
  const revoke = useMutation({
    mutationFn: async () => {
      return valueOf(await request(revokedSchema, "POST", "/v1/sign-in/revocation", factors));
    },
    onSuccess: (done) => announce(revokedWords(done)),
  });

  function onSubmit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    revoke.mutate();
  }

  if (revoke.isSuccess) return <Done revoked={revoke.data} />;
  return (
    <Dialog
      title="Sign out everywhere and revoke?"
      onDismiss={onDismiss}
      actions={
        <>
          <Button variant="default" onClick={onDismiss}>
            Leave it
          </Button>
          <Button type="submit" form={formId} color="red" loading={revoke.isPending}>
            Sign out and revoke
          </Button>
        </>
      }
    >
      <p>
        You are signed out here too. Programs that use your keys stop, and a passkey has to be added anew. Your password
        and your authenticator app stay.
      </p>
      <form id={formId} onSubmit={onSubmit} aria-label="Sign out everywhere and revoke">
        <Stack maw="26rem" gap="md">
          {revoke.isError ? <PasswordProblem error={revoke.error} /> : null}
          <FactorFields factors={factors} onChange={setFactors} />
        </Stack>
      </form>
    </Dialog>
  );
}

function Done({ revoked }: { readonly revoked: Revoked }) {
  return (
    <Dialog
      title="Everything that was open has ended"
      actions={<Button onClick={() => queryClient.setQueryData(meKey, null)}>Go to sign in</Button>}
    >
      <p>{revokedWords(revoked)} What was done in your name is in the audit: an administrator can look.</p>
    </Dialog>
  );
}
