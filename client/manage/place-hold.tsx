import { Button, Radio, Stack, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { QueryProblem } from "../sign-in/query-problem.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { type Held, usePlaceHold } from "./retention-api.ts";

/** `label`: what would be kept. */
export type HoldChoice = { readonly on: Held; readonly label: string };

type PlaceHoldProps = {
  /** The first is the one that is meant where nothing is chosen. */
  readonly choices: readonly [HoldChoice, ...(readonly HoldChoice[])];
  readonly onClose: () => void;
};

/** Asks what is to be held, and why. */
export function PlaceHold({ choices, onClose }: PlaceHoldProps) {
  const [chosen, setChosen] = useState("0");
  const [reason, setReason] = useState("");
  const place = usePlaceHold();
  const { on } = choices[Number(chosen)] ?? choices[0];

  return (
    <Dialog
      title="Keep it from being deleted?"
      onDismiss={onClose}
      actions={
        <>
          <Button
            loading={place.isPending}
            disabled={reason.trim() === ""}
            onClick={() => place.mutate({ on, reason }, { onSuccess: onClose })}
          >
            Place the hold
          </Button>
          <Button variant="default" onClick={onClose}>
            Leave it as it is
          </Button>
        </>
      }
    >
      <Radio.Group label="What" value={chosen} onChange={setChosen} mb="sm">
        <Stack gap="xs" mt={4}>
          {choices.map(({ on: { kind, id }, label }, index) => (
            <Radio key={`${kind} ${id}`} value={String(index)} label={label} />
          ))}
        </Stack>
      </Radio.Group>
      <TextInput
        label="Why"
        description="Stays with the hold, and is not in the audit."
        value={reason}
        maxLength={1000}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Text size="sm" mt="sm">
        Nothing of it is deleted or erased until the hold is released.
      </Text>
      {place.isError ? <QueryProblem error={place.error} /> : null}
    </Dialog>
  );
}
