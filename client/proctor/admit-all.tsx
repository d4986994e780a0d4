import { Badge, Button, Text } from "@mantine/core";
import { useState } from "react";
import type { Tile } from "#protocol/session/down.ts";
import { Dialog } from "../ui/dialog.tsx";
import { count } from "../ui/format-duration.ts";
import type { Give } from "./interventions.tsx";

type Props = { readonly tiles: readonly Tile[]; readonly onCommand: Give };

/**
 * Admits everybody who waits at the moment of the answer, after a look at who that is. Whose photographs are to be
 * compared is not among them: that is done one by one.
 */
export function AdmitAll({ tiles, onCommand }: Props) {
  const waiting = tiles.filter(({ view }) => view.status === "waiting" && view.identity.length === 0);
  const [isAsking, setAsking] = useState(false);
  // Another proctor has admitted them: whoever comes next is asked about when this one wants it, and not at once.
  if (isAsking && waiting.length === 0) setAsking(false);
  const admit = (): void => {
    for (const tile of waiting) onCommand(tile, { type: "admit" });
    setAsking(false);
  };
  return (
    <>
      {waiting.length === 0 ? null : (
        <Button size="xs" onClick={() => setAsking(true)}>
          Admit all waiting{" "}
          <Badge ml={6} size="sm" color="gray" variant="white">
            {waiting.length}
          </Badge>
        </Button>
      )}
      {isAsking ? (
        <Dialog
          title={`Admit ${count(waiting.length, "candidate")}?`}
          onDismiss={() => setAsking(false)}
          actions={
            <>
              <Button onClick={admit}>Admit all</Button>
              <Button variant="default" onClick={() => setAsking(false)}>
                Cancel
              </Button>
            </>
          }
        >
          <Text size="sm">{waiting.map(({ view }) => view.name).join(", ")}</Text>
        </Dialog>
      ) : null}
    </>
  );
}
