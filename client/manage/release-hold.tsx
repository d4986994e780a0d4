import { Button, Text } from "@mantine/core";
import type { LegalHold } from "#protocol/http/retention.ts";
import { QueryProblem } from "../sign-in/query-problem.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { useReleaseHold } from "./retention-api.ts";

type ReleaseHoldProps = { readonly hold: LegalHold; readonly onClose: () => void };

/** Asks once more: what is due under the hold is deleted soon after. */
export function ReleaseHold({ hold, onClose }: ReleaseHoldProps) {
  const release = useReleaseHold();
  return (
    <Dialog
      title={`Release the hold on ${hold.name ?? "this"}?`}
      onDismiss={onClose}
      actions={
        <>
          <Button loading={release.isPending} onClick={() => release.mutate(hold.id, { onSuccess: onClose })}>
            Release
          </Button>
          <Button variant="default" onClick={onClose}>
            Keep it
          </Button>
        </>
      }
    >
      <Text>What is due under it is deleted within minutes.</Text>
      {release.isError ? <QueryProblem error={release.error} /> : null}
    </Dialog>
  );
}
