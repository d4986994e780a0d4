import { Button, Stack } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type SubmitEvent, useId, useState } from "react";
import { recoveryCodesSchema } from "#protocol/http/second-factor.ts";
import { valueOf } from "../http/request-problem-error.ts";
import { request } from "../http/request.ts";
import { announce } from "../ui/announcer.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { FactorFields, noFactors } from "./factor-fields.tsx";
import { PasswordProblem } from "./password-problem.tsx";

type ChangeAuthenticatorProps = {
  readonly what: "turn-off" | "new-codes";
  readonly onDismiss: () => void;
  /** With the new recovery codes, where they were what was asked for. */
  readonly onDone: (recoveryCodes: readonly string[] | null) => void;
};

const words = {
  "turn-off": {
    title: "Turn the app off?",
    body: "Your password alone signs you in then. Your recovery codes go too, and every other browser is signed out.",
    button: "Turn the app off",
    done: "The app is turned off.",
  },
  "new-codes": {
    title: "Get new recovery codes?",
    body: "The codes that you have now are good no more.",
    button: "Get new codes",
    done: "You have new recovery codes.",
  },
} as const;

/** Asks for both factors before one of them is taken away or exchanged. */
export function ChangeAuthenticator({ what, onDismiss, onDone }: ChangeAuthenticatorProps) {
  const [factors, setFactors] = useState(noFactors);
  const formId = useId();
  const { title, body, button, done } = words[what];
  const change = useMutation({
    async mutationFn() {
      if (what === "turn-off") {
        valueOf(await request(null, "POST", "/v1/sign-in/authenticator/removal", factors));
        return null;
      }
      const path = "/v1/sign-in/authenticator/recovery-codes";
      return valueOf(await request(recoveryCodesSchema, "POST", path, factors)).recoveryCodes;
    },
    onSuccess(codes) {
      announce(done);
      onDone(codes);
    },
  });

  function onSubmit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    change.mutate();
  }

  return (
    <Dialog
      title={title}
      onDismiss={onDismiss}
      actions={
        <>
          <Button variant="default" onClick={onDismiss}>
            Leave it
          </Button>
          <Button type="submit" form={formId} loading={change.isPending}>
            {button}
          </Button>
        </>
      }
    >
      <p>{body}</p>
      <form id={formId} onSubmit={onSubmit} aria-label={title}>
        <Stack maw="26rem" gap="md">
          {change.isError ? <PasswordProblem error={change.error} /> : null}
          <FactorFields factors={factors} onChange={setFactors} />
        </Stack>
      </form>
    </Dialog>
  );
}
