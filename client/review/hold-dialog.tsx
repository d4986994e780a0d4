import { Button, Text, Textarea } from "@mantine/core";
import { useState } from "react";
import type { AttemptRecord } from "#protocol/http/review.ts";
import { QueryProblem } from "../sign-in/query-problem.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { useReviewing } from "./use-reviewing.ts";

type HoldDialogProps = { readonly record: AttemptRecord; readonly onClose: () => void };

/** Asks for the reason to hold a result; the candidate reads it. */
export function HoldDialog({ record, onClose }: HoldDialogProps) {
  const [reason, setReason] = useState("");
  const [isAsked, setIsAsked] = useState(false);
  const hold = useReviewing(record.attemptId, "hold", "Held for review.");
  const isEmpty = reason.trim() === "";

  function send(): void {
    setIsAsked(true);
    if (!isEmpty) hold.mutate({ reason }, { onSuccess: onClose });
  }

  return (
    <Dialog
      title={`Hold the result of ${record.name}?`}
      onDismiss={onClose}
      actions={
        <>
          <Button loading={hold.isPending} onClick={send}>
            Hold the result
          </Button>
          <Button variant="default" onClick={onClose}>
            Leave it as it is
          </Button>
        </>
      }
    >
      <Text mb="sm">
        The score is not to be used until people have decided. The candidate is told at once that the result is held,
        and reads your reason.
      </Text>
      <Textarea
        label="Reason, as the candidate reads it"
        description="Plain and kind: what has to be looked at, without a verdict."
        autosize
        minRows={2}
        maxLength={1000}
        value={reason}
        error={isAsked && isEmpty ? "Write the reason." : undefined}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      {hold.isError ? <QueryProblem error={hold.error} /> : null}
    </Dialog>
  );
}
