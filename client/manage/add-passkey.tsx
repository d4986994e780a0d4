import { Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type SubmitEvent, useEffect, useRef, useState } from "react";
import { passkeyCreationSchema } from "#protocol/http/passkey.ts";
import type { OwnFactors } from "#protocol/http/second-factor.ts";
import { valueOf } from "../http/request-problem-error.ts";
import { request } from "../http/request.ts";
import { queryClient } from "../sign-in/query-client.ts";
import { untilDismissed } from "../sign-in/show-passkey.ts";
import { announce } from "../ui/announcer.tsx";
import { keys } from "./api.ts";
import { FactorFields, noFactors } from "./factor-fields.tsx";
import { PasswordProblem } from "./password-problem.tsx";

/** Password, and a code where there is an app; a name; then the device is asked. */
export function AddPasskey({ onDone }: { readonly onDone: () => void }) {
  const [factors, setFactors] = useState(noFactors);
  const [name, setName] = useState("");
  const field = useRef<HTMLInputElement>(null);
  const add = useMutation({
    mutationFn: async () => addPasskey(name.trim(), factors),
    async onSuccess(isAdded) {
      if (!isAdded) return;
      announce("The passkey is added.");
      onDone();
      await queryClient.invalidateQueries({ queryKey: keys.passkeys });
    },
  });
  // The button that was pressed is gone.
  useEffect(() => {
    field.current?.focus();
  }, []);

  function onSubmit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    add.mutate();
  }

  return (
    <form onSubmit={onSubmit} aria-label="Add a passkey">
      <Stack maw="26rem" gap="md">
        {add.isError ? <PasswordProblem error={add.error} /> : null}
        {add.data === false ? <Text role="status">Your device gave no passkey. Try again, or let it be.</Text> : null}
        <FactorFields
          ref={field}
          factors={factors}
          onChange={setFactors}
          description="So that nobody adds a passkey at a computer that you left."
        />
        <TextInput
          label="Name"
          description="By which you know it again: the device that it is on."
          maxLength={60}
          required
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Group>
          <Button type="submit" loading={add.isPending}>
            Ask this device
          </Button>
          <Button variant="default" onClick={onDone}>
            Let it be
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** False where the device gave none. Throws a `RequestProblemError` for what the server refuses. */
async function addPasskey(name: string, factors: OwnFactors) {
  const path = "/v1/sign-in/passkeys";
  const optionsJSON = valueOf(await request(passkeyCreationSchema, "POST", `${path}/options`, factors));
  const { startRegistration } = await import("@simplewebauthn/browser");
  const passkey = await untilDismissed(() => startRegistration({ optionsJSON }));
  if (passkey === null) return false;
  valueOf(await request(null, "POST", path, { name, passkey }));
  return true;
}
