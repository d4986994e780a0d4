import { Button, Group, Table, Text, Title } from "@mantine/core";
import { useState } from "react";
import { type IssuedLink, type NewRegistrationsAnswer, type Sitting } from "#protocol/http/sitting.ts";
import { EmptyState } from "../ui/empty-state.tsx";
import { openedWords, roomName } from "../ui/room-words.ts";
import { Accommodations } from "./accommodations.tsx";
import { AddCandidates } from "./add-candidates.tsx";
import { IssuedLinks } from "./issued-links.tsx";
import { linkWords } from "./link-words.ts";
import styles from "./manage.module.css";
import { ReplaceLink } from "./replace-link.tsx";
import { useNow } from "./use-now.ts";
import { WithdrawLink } from "./withdraw-link.tsx";

type Registration = Sitting["registrations"][number];
type Asked = { readonly about: "replace" | "withdraw"; readonly registration: Registration };
type CandidatesProps = { readonly sitting: Sitting; readonly mayRun: boolean };

/** Who sits, and the links they sit with. A link can be read only where it is issued: the server keeps just its hash. */
export function Candidates({ sitting, mayRun }: CandidatesProps) {
  const [isAdding, setIsAdding] = useState(false);
  const [issued, setIssued] = useState<readonly IssuedLink[]>([]);
  const [asked, setAsked] = useState<Asked | null>(null);
  const now = useNow();
  const [opened, setOpened] = useState<NewRegistrationsAnswer["opened"]>([]);
  const { registrations, rooms } = sitting;
  const roomOf = new Map(rooms.map(({ examSessionId, number }) => [examSessionId, roomName(number)]));
  function take(links: readonly IssuedLink[]) {
    setAsked(null);
    setIssued((before) => [
      ...before.filter((one) => links.every((link) => link.attemptId !== one.attemptId)),
      ...links,
    ]);
  }

  return (
    <section aria-labelledby="candidates-title" className={styles["card"]}>
      <Group justify="space-between" mb="xs">
        <Title order={2} size="h3" id="candidates-title">
          Candidates ({registrations.length})
        </Title>
        {mayRun && !isAdding ? (
          <Button variant="default" onClick={() => setIsAdding(true)}>
            Add candidates
          </Button>
        ) : null}
      </Group>
      {issued.length === 0 ? null : <IssuedLinks links={issued} sitting={sitting} onDone={() => setIssued([])} />}
      {opened.length === 0 ? null : (
        <Text size="sm" my="xs" role="status">
          {opened.map(openedWords).join(" ")}
        </Text>
      )}
      {isAdding ? (
        <AddCandidates
          sitting={sitting}
          onClose={() => setIsAdding(false)}
          onAdded={({ links, opened: added }) => {
            setIssued((before) => [...before, ...links]);
            setOpened(added);
            setIsAdding(false);
          }}
        />
      ) : null}
      {registrations.length === 0 ? (
        isAdding || issued.length > 0 ? null : (
          <EmptyState title="No candidate yet">
            {mayRun
              ? "Add them by pasting a list, one on each line. Everybody gets a link of their own."
              : "An administrator has to add them."}
          </EmptyState>
        )
      ) : (
        <Table.ScrollContainer minWidth={480} mah="28rem">
          <Table verticalSpacing="xs">
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">Name</Table.Th>
                <Table.Th scope="col">Email</Table.Th>
                {rooms.length > 1 ? <Table.Th scope="col">Room</Table.Th> : null}
                {mayRun ? <Table.Th scope="col">Arranged</Table.Th> : null}
                <Table.Th scope="col">Link</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {registrations.map((registration) => (
                <Table.Tr key={registration.id}>
                  <Table.Td>{registration.name}</Table.Td>
                  <Table.Td>{registration.email ?? "–"}</Table.Td>
                  {rooms.length > 1 ? <Table.Td>{roomOf.get(registration.examSessionId)}</Table.Td> : null}
                  {mayRun ? (
                    <Table.Td>
                      <Accommodations sittingId={sitting.id} registration={registration} />
                    </Table.Td>
                  ) : null}
                  <Table.Td>
                    <Group gap="xs">
                      <span className={styles["linkState"]}>{linkWords(registration.link, now)}</span>
                      {mayRun ? (
                        <Button
                          size="xs"
                          variant="default"
                          aria-label={`New link … for ${registration.name}`}
                          onClick={() => setAsked({ about: "replace", registration })}
                        >
                          New link …
                        </Button>
                      ) : null}
                      {mayRun && registration.link.revokedAt === null ? (
                        <Button
                          size="xs"
                          variant="default"
                          aria-label={`Withdraw the link … of ${registration.name}`}
                          onClick={() => setAsked({ about: "withdraw", registration })}
                        >
                          Withdraw …
                        </Button>
                      ) : null}
                    </Group>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      {asked?.about === "replace" ? (
        <ReplaceLink
          sitting={sitting}
          registration={asked.registration}
          onIssued={take}
          onClose={() => setAsked(null)}
        />
      ) : null}
      {asked?.about === "withdraw" ? (
        <WithdrawLink sitting={sitting} registration={asked.registration} onClose={() => setAsked(null)} />
      ) : null}
    </section>
  );
}
