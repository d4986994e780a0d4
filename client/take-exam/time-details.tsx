import { Button, Text } from "@mantine/core";
import { useState } from "react";
import type { CandidateView } from "#domain/attempt/view.ts";
import { Dialog } from "../ui/dialog.tsx";
import { exceptionWords } from "../ui/accommodation-words.ts";
import { TimeLedger } from "../ui/time-ledger.tsx";

/** A button that opens how the candidate's time adds up. */
export function TimeDetails({ view }: { readonly view: CandidateView }) {
  const [isOpen, setIsOpen] = useState(false);
  if (view.time === null) return null;
  const close = (): void => setIsOpen(false);
  return (
    <>
      <Button variant="subtle" size="compact-sm" onClick={() => setIsOpen(true)}>
        Your time …
      </Button>
      {isOpen ? (
        <Dialog title="How your time adds up" onDismiss={close} actions={<Button onClick={close}>Close</Button>}>
          <TimeLedger entries={view.time.entries} onWithdraw={null} />
          {view.exceptions.length === 0 ? null : (
            <Text mt="sm" size="sm">
              Arranged for you: {view.exceptions.map(exceptionWords).join("; ")}.
            </Text>
          )}
        </Dialog>
      ) : null}
    </>
  );
}
