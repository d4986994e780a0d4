import { Button, Group, Text, Textarea } from "@mantine/core";
import { type FormEvent, useState } from "react";
import type { Tile } from "#protocol/session/down.ts";
import { formatTime } from "../ui/format-moment.ts";
import type { Give } from "./interventions.tsx";
import classes from "./proctor.module.css";

type Props = { readonly tile: Tile; readonly onCommand: Give };

/** Another browser asks to go on with this exam: the proctor says who goes on. */
export function TakeOverRequest({ tile, onCommand }: Props) {
  const { name, takeOver } = tile.view;
  const [isRefusing, setIsRefusing] = useState(false);
  const [reason, setReason] = useState("");
  if (takeOver === null) return null;
  const { request, at, isFormer } = takeOver;

  function refuse(event: FormEvent): void {
    event.preventDefault();
    if (reason.trim() !== "") onCommand(tile, { type: "refuseTakeOver", request, reason });
  }

  return (
    <section className={classes["request"]} aria-label="Another computer asks to go on">
      <Text fw={600}>
        {formatTime(at)}: {isFormer ? "the computer that had this exam before" : "another computer"} asks to go on.
      </Text>
      <Text size="sm">
        Whoever asks has the link of {name}. Make sure that it is {name}: the computer that has the exam now is out of
        it at once. The devices of the other one are checked before it may write.
      </Text>
      {isRefusing ? (
        <form onSubmit={refuse}>
          <Textarea
            label="Why not? It is read where it was asked."
            autosize
            minRows={2}
            maxLength={1000}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <Group gap="xs" mt="xs">
            <Button type="submit" size="xs" color="red" disabled={reason.trim() === ""}>
              Refuse
            </Button>
            <Button size="xs" variant="default" onClick={() => setIsRefusing(false)}>
              Cancel
            </Button>
          </Group>
        </form>
      ) : (
        <Group gap="xs">
          <Button size="xs" color="green" onClick={() => onCommand(tile, { type: "allowTakeOver", request })}>
            Let it go on there
          </Button>
          <Button size="xs" color="red" variant="outline" onClick={() => setIsRefusing(true)}>
            Refuse…
          </Button>
        </Group>
      )}
    </section>
  );
}
