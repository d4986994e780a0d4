import { Button, Radio, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { type TechnicalFailure, technicalFailures } from "#domain/ledger/entry.ts";
import { QueryProblem } from "../sign-in/query-problem.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { useRefund } from "./ledger-api.ts";
import { failureWords } from "./ledger-words.ts";

type RefundDialogProps = { readonly attemptId: string; readonly name: string; readonly onClose: () => void };

/** Asks why an attempt is refunded, and once more whether: it cannot be undone here. */
export function RefundDialog({ attemptId, name, onClose }: RefundDialogProps) {
  const [reason, setReason] = useState<TechnicalFailure | null>(null);
  const [isAsked, setIsAsked] = useState(false);
  const refund = useRefund();

  function send(): void {
    setIsAsked(true);
    if (reason !== null) refund.mutate({ attemptId, reason }, { onSuccess: onClose });
  }

  return (
    <Dialog
      title={`Refund the attempt of ${name}?`}
      onDismiss={onClose}
      actions={
        <>
          <Button loading={refund.isPending} onClick={send}>
            Refund
          </Button>
          <Button variant="default" onClick={onClose}>
            Leave it as it is
          </Button>
        </>
      }
    >
      <Text mb="sm">
        The credit comes back to the balance. The result stays as it is. It can be done once, and stands in the audit
        under your name.
      </Text>
      <Radio.Group
        label="What went wrong"
        value={reason}
        error={isAsked && reason === null ? "Choose what went wrong." : undefined}
        onChange={(value) => setReason(technicalFailures.find((one) => one === value) ?? null)}
      >
        <Stack gap="xs" mt={4}>
          {technicalFailures.map((one) => (
            <Radio key={one} value={one} label={failureWords[one]} />
          ))}
        </Stack>
      </Radio.Group>
      {refund.isError ? <QueryProblem error={refund.error} /> : null}
    </Dialog>
  );
}
