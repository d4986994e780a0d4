import { Button, PasswordInput, Stack, TextInput, Title } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type SubmitEvent, useEffect, useRef, useState } from "react";
import * as v from "valibot";
import { type Me, meSchema, signInSchema } from "#protocol/http/sign-in.ts";
import { valueOf } from "../http/request-problem-error.ts";
import { request } from "../http/request.ts";
import { problemIn } from "./me.ts";
import { PasskeySignIn } from "./passkey-sign-in.tsx";
import { QueryProblem } from "./query-problem.tsx";
import { SecondStep } from "./second-step.tsx";

type Faults = { readonly email: string | null; readonly password: string | null };
const noFaults: Faults = { email: null, password: null };

/** Asks for address and password, and for a code where the account has a second factor. `onSignedIn` is told who it is. */
export function SignInForm({ onSignedIn }: { readonly onSignedIn: (me: Me) => void }) {
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [faults, setFaults] = useState(noFaults);
  const emailField = useRef<HTMLInputElement>(null);
  const passwordField = useRef<HTMLInputElement>(null);
  const signIn = useMutation({
    mutationFn: async () => valueOf(await request(meSchema, "POST", "/v1/sign-in", { email: email.trim(), password })),
    onSuccess: onSignedIn,
  });

  const needsCode = signIn.isError && problemIn(signIn.error)?.code === "second-factor-needed";

  useEffect(() => {
    if (signIn.isError) passwordField.current?.focus();
  }, [signIn.isError]);

  function onSubmit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    const found = {
      email: v.is(signInSchema.entries.email, email.trim())
        ? null
        : "Enter your whole email address, for example lin@school.example.",
      password: password === "" ? "Enter your password." : null,
    };
    setFaults(found);
    if (found.email !== null) emailField.current?.focus();
    else if (found.password !== null) passwordField.current?.focus();
    else signIn.mutate();
  }

  if (needsCode) return <SecondStep onSignedIn={onSignedIn} onBack={() => signIn.reset()} />;
  return (
    <form onSubmit={onSubmit} noValidate aria-labelledby="sign-in-title">
      <Stack maw="26rem" mx="auto" gap="md">
        <Title order={1} id="sign-in-title">
          Sign in
        </Title>
        {signIn.isError ? <QueryProblem error={signIn.error} /> : null}
        <TextInput
          ref={emailField}
          label="Email address"
          type="email"
          autoComplete="username"
          value={email}
          error={faults.email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <PasswordInput
          ref={passwordField}
          label="Password"
          autoComplete="current-password"
          value={password}
          error={faults.password}
          visibilityToggleButtonProps={{ "aria-label": "Show or hide the password", tabIndex: 0 }}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Button type="submit" loading={signIn.isPending}>
          Sign in
        </Button>
        <PasskeySignIn onSignedIn={onSignedIn} />
      </Stack>
    </form>
  );
}
