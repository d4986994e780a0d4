import { Button, Checkbox, PasswordInput, Stack, Text, Title } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type SubmitEvent, useState } from "react";
import { type PasswordChanged, passwordChangedSchema } from "#protocol/http/sign-in.ts";
import { valueOf } from "../http/request-problem-error.ts";
import { request } from "../http/request.ts";
import { useMe } from "../sign-in/me.ts";
import { passwordAdvice, passwordFaultWords } from "../sign-in/password-words.ts";
import { queryClient } from "../sign-in/query-client.ts";
import { announce } from "../ui/announcer.tsx";
import { keys } from "./api.ts";
import { PasswordProblem } from "./password-problem.tsx";
import { keptWords, revokedWords } from "./revoked-words.ts";
import styles from "./manage.module.css";

type Faults = { readonly current: string | null; readonly next: string | null };

function doneWords(done: PasswordChanged): string {
  return ["Your password is changed.", revokedWords(done), keptWords(done)].filter((words) => words !== "").join(" ");
}

/** A new password in place of the one that the member knows. */
export function ChangePassword() {
  const { email } = useMe();
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const [andRevoke, setAndRevoke] = useState(false);
  const [faults, setFaults] = useState<Faults>({ current: null, next: null });
  const change = useMutation({
    mutationFn: async () =>
      valueOf(await request(passwordChangedSchema, "PUT", "/v1/sign-in/password", { current, next, andRevoke })),
    async onSuccess(done) {
      setCurrent("");
      setNext("");
      setAndRevoke(false);
      announce(doneWords(done));
      await queryClient.invalidateQueries({ queryKey: keys.signIns });
      await queryClient.invalidateQueries({ queryKey: keys.passkeys });
    },
  });

  function onSubmit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    const found = {
      current: current === "" ? "Enter the password that you have now." : null,
      next: passwordFaultWords(next, email),
    };
    setFaults(found);
    if (found.current === null && found.next === null) change.mutate();
  }

  return (
    <section aria-labelledby="password-title" className={styles["card"]}>
      <form onSubmit={onSubmit} noValidate aria-labelledby="password-title">
        <Stack maw="26rem" gap="md">
          <Title order={2} size="h3" id="password-title">
            Change your password
          </Title>
          {change.isError ? <PasswordProblem error={change.error} /> : null}
          {change.isSuccess ? <Text>{doneWords(change.data)}</Text> : null}
          <input type="hidden" autoComplete="username" value={email} readOnly />
          <PasswordInput
            label="Password now"
            autoComplete="current-password"
            value={current}
            error={faults.current}
            visibilityToggleButtonProps={{ "aria-label": "Show or hide the password that you have now", tabIndex: 0 }}
            onChange={(event) => setCurrent(event.currentTarget.value)}
          />
          <PasswordInput
            label="New password"
            description={`${passwordAdvice} Every other browser is signed out.`}
            autoComplete="new-password"
            value={next}
            error={faults.next}
            visibilityToggleButtonProps={{ "aria-label": "Show or hide the new password", tabIndex: 0 }}
            onChange={(event) => setNext(event.currentTarget.value)}
          />
          <Checkbox
            label="Also revoke my keys of the API and remove my passkeys"
            description="Otherwise they stay. Do it where somebody else may have known your password: they may have made some."
            checked={andRevoke}
            onChange={(event) => setAndRevoke(event.currentTarget.checked)}
          />
          <Button type="submit" loading={change.isPending} style={{ alignSelf: "start" }}>
            Change the password
          </Button>
        </Stack>
      </form>
    </section>
  );
}
