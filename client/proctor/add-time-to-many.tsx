import { Button, Group, Stack, Text, Textarea } from "@mantine/core";
import { type FormEvent, useId, useState } from "react";
import type { AttemptId } from "#domain/exam/ids.ts";
import type { Tile } from "#protocol/session/down.ts";
import { announce } from "../ui/announcer.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { count } from "../ui/format-duration.ts";
import type { Choosing } from "./choosing.ts";
import { type Give, Minutes } from "./interventions.tsx";
import { possibleActs } from "./possible.ts";
import classes from "./proctor.module.css";

type Props = {
  readonly choosing: Choosing;
  readonly onChoose: (choosing: Choosing) => void;
  /** Everybody of the rooms that are looked at. */
  readonly tiles: readonly Tile[];
  /** Those that the filter and the search leave. */
  readonly shown: readonly Tile[];
  readonly onCommand: Give;
};

function mayHaveTime({ view }: Tile): boolean {
  return possibleActs(view.status).has("addTime");
}

/** Chooses candidates, everybody or some, and gives them more time: one command for each, so that each can be refused. */
export function AddTimeToMany({ choosing, onChoose, tiles, shown, onCommand }: Props) {
  const [isAsking, setAsking] = useState(false);
  if (choosing === null) {
    return tiles.some(mayHaveTime) ? (
      <Button size="xs" variant="default" onClick={() => onChoose({ chosen: new Set(), last: null })}>
        Add time to several…
      </Button>
    ) : null;
  }
  const chosen = tiles.filter(({ attemptId }) => choosing.chosen.has(attemptId));
  const able = chosen.filter(mayHaveTime);
  const offered = shown.filter(mayHaveTime);
  const ids: ReadonlySet<AttemptId> = new Set(offered.map(({ attemptId }) => attemptId));
  const give = (minutes: number, reason: string): void => {
    for (const tile of able) onCommand(tile, { type: "addTime", ms: minutes * 60_000, reason });
    announce(`${count(minutes, "minute")} for ${count(able.length, "candidate")}.`);
    setAsking(false);
    onChoose(null);
  };
  return (
    <div className={classes["choosing"]} role="group" aria-label="Choose who gets more time">
      <Text size="sm" role="status">
        {chosen.length === 0 ? "Choose candidates: click them, or press Space." : `${chosen.length} chosen.`}
        {chosen.length > able.length ? ` ${chosen.length - able.length} not in the exam now, and left out.` : ""}
      </Text>
      <Group gap="xs">
        <Button size="xs" variant="default" onClick={() => onChoose({ chosen: ids, last: null })}>
          Choose all {offered.length} in the exam
        </Button>
        <Button size="xs" disabled={able.length === 0} onClick={() => setAsking(true)}>
          Add time to {count(able.length, "candidate")}…
        </Button>
        <Button size="xs" variant="default" onClick={() => onChoose(null)}>
          Cancel
        </Button>
      </Group>
      {isAsking && able.length > 0 ? <TimeForMany tiles={able} onGive={give} onClose={() => setAsking(false)} /> : null}
    </div>
  );
}

type TimeForManyProps = {
  readonly tiles: readonly Tile[];
  readonly onGive: (minutes: number, reason: string) => void;
  readonly onClose: () => void;
};

/** More names than that are not read by anybody. */
const mostNames = 20;

function TimeForMany({ tiles, onGive, onClose }: TimeForManyProps) {
  const formId = useId();
  const [minutes, setMinutes] = useState(5);
  const [reason, setReason] = useState("");
  const isComplete = reason.trim() !== "" && Number.isInteger(minutes) && minutes >= 1 && minutes <= 240;
  const who = count(tiles.length, "candidate");
  const names = tiles.slice(0, mostNames).map(({ view }) => view.name);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (isComplete) onGive(minutes, reason);
  };
  return (
    <Dialog
      title={`Add time to ${who}`}
      onDismiss={onClose}
      actions={
        <>
          <Button type="submit" form={formId} disabled={!isComplete}>
            Give {count(minutes, "minute")} to {who}
          </Button>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit}>
        <Stack gap="sm">
          <Text size="sm">
            {names.join(", ")}
            {tiles.length > mostNames ? ` and ${tiles.length - mostNames} more` : ""}
          </Text>
          <Minutes minutes={minutes} onChange={setMinutes} />
          <Textarea
            label="Why? The candidates read this."
            autosize
            minRows={2}
            maxLength={1000}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        </Stack>
      </form>
    </Dialog>
  );
}
