import { Button, Radio, Stack, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import type { CandidateList } from "#protocol/http/retention.ts";
import { QueryProblem } from "../sign-in/query-problem.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { usePlaceHold } from "./retention-api.ts";

type PlaceHoldProps = { readonly person: CandidateList["candidates"][number]; readonly onClose: () => void };

/** Asks what is to be held, and why. */
export function PlaceHold({ person, onClose }: PlaceHoldProps) {
  const whole = `candidate ${person.id}`;
  const [on, setOn] = useState(whole);
  const [reason, setReason] = useState("");
  const place = usePlaceHold();

  function send(): void {
    const [kind = "", id = ""] = on.split(" ");
    if (reason.trim() !== "") place.mutate({ on: { kind, id }, reason }, { onSuccess: onClose });
  }

  return (
    <Dialog
      title="Keep it from being deleted?"
      onDismiss={onClose}
      actions={
        <>
          <Button loading={place.isPending} disabled={reason.trim() === ""} onClick={send}>
            Place the hold
          </Button>
          <Button variant="default" onClick={onClose}>
            Leave it as it is
          </Button>
        </>
      }
    >
      <Radio.Group label="What" value={on} onChange={setOn} mb="sm">
        <Stack gap="xs" mt={4}>
          <Radio value={whole} label={`Everything of ${person.name}`} />
          {person.attempts.map(({ attemptId, sittingTitle }) => (
            <Radio key={attemptId} value={`attempt ${attemptId}`} label={`Their attempt of ${sittingTitle}`} />
          ))}
          {person.attempts.map(({ sittingId, sittingTitle }) => (
            <Radio key={sittingId} value={`sitting ${sittingId}`} label={`Everybody's of ${sittingTitle}`} />
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
