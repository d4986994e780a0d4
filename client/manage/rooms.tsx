import { Table, Text, Title } from "@mantine/core";
import type { Sitting } from "#protocol/http/sitting.ts";
import { regionNames, roomName, unboundWords } from "../ui/room-words.ts";
import styles from "./manage.module.css";

/** The rooms that the sitting is held in. Nobody has to open one: that is done as candidates are added. */
export function Rooms({ sitting }: { readonly sitting: Sitting }) {
  const { rooms, roomCapacity, proctors, jurisdictionAsked } = sitting;
  const isPlaced = rooms.some(({ region }) => region !== null);
  const unbound = unboundWords(jurisdictionAsked, rooms);
  return (
    <section aria-labelledby="rooms-title" className={styles["card"]}>
      <Title order={2} size="h3" id="rooms-title" mb="xs">
        Rooms ({rooms.length})
      </Title>
      {unbound === null ? null : <Text mb="sm">⚠ {unbound}</Text>}
      <Table.ScrollContainer minWidth={480} mah="20rem">
        <Table verticalSpacing="xs">
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">Room</Table.Th>
              <Table.Th scope="col">Candidates</Table.Th>
              {isPlaced ? <Table.Th scope="col">Region</Table.Th> : null}
              <Table.Th scope="col">Proctors</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rooms.map(({ examSessionId, number, candidates, capacity, region }) => (
              <Table.Tr key={examSessionId}>
                <Table.Td>{roomName(number)}</Table.Td>
                <Table.Td>
                  {candidates} of {capacity}
                </Table.Td>
                {isPlaced ? <Table.Td>{region === null ? "Anywhere" : regionNames[region]}</Table.Td> : null}
                <Table.Td>
                  {proctors
                    .filter(({ examSessionIds }) => examSessionIds.includes(examSessionId))
                    .map(({ name }) => name)
                    .join(", ") || "⚠ Nobody yet"}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Text size="sm" c="dimmed" mt="xs">
        When there is no place left, another room for {roomCapacity} opens by itself. Nobody who has a place is moved.
      </Text>
    </section>
  );
}
