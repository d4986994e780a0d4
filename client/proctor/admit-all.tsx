import { Badge, Button, Group, Modal, Text } from "@mantine/core";
import { useState } from "react";
import type { Tile } from "#protocol/session/down.ts";
import { count } from "../ui/format-duration.ts";
import type { Give } from "./interventions.tsx";

type Props = { readonly tiles: readonly Tile[]; readonly onCommand: Give };

/** Admits everybody who waits at the moment of the answer, after a look at who that is. */
export function AdmitAll({ tiles, onCommand }: Props) {
  const waiting = tiles.filter(({ view }) => view.status === "waiting");
  const [isAsking, setAsking] = useState(false);
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
      <Modal
        opened={isAsking && waiting.length > 0}
        onClose={() => setAsking(false)}
        title={`Admit ${count(waiting.length, "candidate")}?`}
      >
        <Text size="sm" mb="md">
          {waiting.map(({ view }) => view.name).join(", ")}
        </Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={() => setAsking(false)}>
            Cancel
          </Button>
          <Button onClick={admit} data-autofocus>
            Admit all
          </Button>
        </Group>
      </Modal>
    </>
  );
}
