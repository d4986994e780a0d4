import { Button, PasswordInput, Stack, Text, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type SubmitEvent, useEffect, useRef, useState } from "react";
import { renderSVG } from "uqr";
import { newAuthenticatorSchema, recoveryCodesSchema } from "#protocol/http/second-factor.ts";
import { valueOf } from "../http/request-problem-error.ts";
import { request } from "../http/request.ts";
import { QueryProblem } from "../sign-in/query-problem.tsx";
import { announce } from "../ui/announcer.tsx";
import { PasswordProblem } from "./password-problem.tsx";

type SetUpProps = { readonly onDone: (recoveryCodes: readonly string[]) => void };

/** Password, then the app reads the QR code or its owner types the key, then the first code of the app. */
export function SetUpAuthenticator({ onDone }: SetUpProps) {
  const [password, setPassword] = useState("");
  const field = useRef<HTMLInputElement>(null);
  const begin = useMutation({
    mutationFn: async () =>
      valueOf(await request(newAuthenticatorSchema, "POST", "/v1/sign-in/authenticator", { password })),
    onSuccess: () => setPassword(""),
  });
  // The button that was pressed is gone.
  useEffect(() => {
    field.current?.focus();
  }, []);
  if (begin.data !== undefined) return <FirstCode {...begin.data} onDone={onDone} />;

  function onSubmit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    begin.mutate();
  }

  return (
    <form onSubmit={onSubmit} aria-label="Set up an authenticator app: your password">
      <Stack maw="26rem" gap="md">
        {begin.isError ? <PasswordProblem error={begin.error} /> : null}
        <PasswordInput
          label="Your password"
          description="So that nobody sets an app up at a computer that you left."
          autoComplete="current-password"
          required
          ref={field}
          value={password}
          visibilityToggleButtonProps={{ "aria-label": "Show or hide your password", tabIndex: 0 }}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Button type="submit" loading={begin.isPending} style={{ alignSelf: "start" }}>
          Go on
        </Button>
      </Stack>
    </form>
  );
}

type FirstCodeProps = SetUpProps & { readonly secret: string; readonly address: string };

function FirstCode({ secret, address, onDone }: FirstCodeProps) {
  const [code, setCode] = useState("");
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    form.current?.focus();
  }, []);
  const confirm = useMutation({
    mutationFn: async () => valueOf(await request(recoveryCodesSchema, "PUT", "/v1/sign-in/authenticator", { code })),
    onSuccess({ recoveryCodes }) {
      announce("The app is set up. Keep your recovery codes.");
      onDone(recoveryCodes);
    },
  });

  function onSubmit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    confirm.mutate();
  }

  return (
    <form ref={form} tabIndex={-1} onSubmit={onSubmit} aria-label="Set up an authenticator app: its first code">
      <Stack gap="md">
        <Text>1. In your app, add an account and let it read this picture.</Text>
        <img
          src={`data:image/svg+xml,${encodeURIComponent(renderSVG(address, { border: 2 }))}`}
          alt="QR code for your authenticator app. The key below says the same."
          width={208}
          height={208}
        />
        <div>
          <Text size="sm">Or enter this key there by hand:</Text>
          <Text ff="monospace" fw={600} style={{ overflowWrap: "anywhere", userSelect: "all" }}>
            {secret.replaceAll(/.{4}(?=.)/g, "$& ")}
          </Text>
        </div>
        <Text>2. Enter the code that the app shows then. Every other browser is signed out.</Text>
        {confirm.isError ? <QueryProblem error={confirm.error} /> : null}
        <TextInput
          label="Code of the app"
          maw="26rem"
          inputMode="numeric"
          autoComplete="one-time-code"
          required
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        <Button type="submit" loading={confirm.isPending} style={{ alignSelf: "start" }}>
          Turn the app on
        </Button>
      </Stack>
    </form>
  );
}
