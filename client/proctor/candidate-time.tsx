import { Button, Text, Textarea } from "@mantine/core";
import { type FormEvent, useId, useState } from "react";
import type { Tile } from "#protocol/session/down.ts";
import { exceptionWords } from "../ui/accommodation-words.ts";
import { Dialog } from "../ui/dialog.tsx";
import { formatDuration } from "../ui/format-duration.ts";
import { TimeLedger } from "../ui/time-ledger.tsx";
import type { Give } from "./interventions.tsx";
import type { SittingConsole } from "./room-lines.ts";
import { TimeLeft } from "./told-time.tsx";

type CandidateTimeProps = {
  readonly tile: Tile;
  readonly session: Pick<SittingConsole, "now">;
  readonly onCommand: Give;
};

/** The candidate's time: what is left, how it adds up, and what was arranged. */
export function CandidateTime({ tile, session, onCommand }: CandidateTimeProps) {
  const { time, answered, items, exceptions } = tile.view;
  const [withdrawn, setWithdrawn] = useState<number | null>(null);
  const entry = withdrawn === null ? undefined : time?.entries[withdrawn];
  return (
    <>
      {exceptions.length === 0 ? null : (
        <Text size="sm">Arranged for this candidate: {exceptions.map(exceptionWords).join("; ")}.</Text>
      )}
      {time === null ? null : (
        <details>
          <summary>
            <TimeLeft time={time} now={session.now} /> left · {answered} of {items} answered
          </summary>
          <TimeLedger entries={time.entries} onWithdraw={tile.view.closing === null ? setWithdrawn : null} />
        </details>
      )}
      {withdrawn === null || entry === undefined ? null : (
        <Withdraw
          title={`Take ${formatDuration(entry.ms)} back: ${tile.view.name}`}
          onClose={() => setWithdrawn(null)}
          onWithdraw={(reason) => onCommand(tile, { type: "withdrawTime", entry: withdrawn, reason })}
        />
      )}
    </>
  );
}

type WithdrawProps = {
  readonly title: string;
  readonly onClose: () => void;
  readonly onWithdraw: (reason: string) => void;
};

function Withdraw({ title, onClose, onWithdraw }: WithdrawProps) {
  const formId = useId();
  const [reason, setReason] = useState("");
  const isComplete = reason.trim() !== "";
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!isComplete) return;
    onWithdraw(reason);
    onClose();
  };
  return (
    <Dialog
      title={title}
      onDismiss={onClose}
      actions={
        <>
          <Button type="submit" form={formId} color="red" disabled={!isComplete}>
            Take the time back
          </Button>
          <Button variant="default" onClick={onClose}>
            Leave it
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit}>
        <Textarea
          label="Why? The candidate reads this, and it stands in the record with your name."
          autosize
          minRows={2}
          maxLength={1000}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      </form>
    </Dialog>
  );
}
