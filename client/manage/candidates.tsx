import { Button, Group, Table, Text, Title } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import {
  type IssuedLink,
  issuedLinksSchema,
  type NewRegistrationsAnswer,
  type Sitting,
} from "#protocol/http/sitting.ts";
import { valueOf } from "../http/request-problem-error.ts";
import { request } from "../http/request.ts";
import { QueryProblem } from "../sign-in/query-problem.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { openedWords, roomName } from "../ui/room-words.ts";
import { Accommodations } from "./accommodations.tsx";
import { AddCandidates } from "./add-candidates.tsx";
import { IssuedLinks } from "./issued-links.tsx";
import styles from "./manage.module.css";

type Registration = Sitting["registrations"][number];
type CandidatesProps = { readonly sitting: Sitting; readonly mayRun: boolean };

/** Who sits, and the links they sit with. A link can be read only where it is issued: the server keeps just its hash. */
export function Candidates({ sitting, mayRun }: CandidatesProps) {
  const [isAdding, setIsAdding] = useState(false);
  const [issued, setIssued] = useState<readonly IssuedLink[]>([]);
  const [asked, setAsked] = useState<Registration | null>(null);
  const [opened, setOpened] = useState<NewRegistrationsAnswer["opened"]>([]);
  const { registrations, rooms } = sitting;
  const roomOf = new Map(rooms.map(({ examSessionId, number }) => [examSessionId, roomName(number)]));
  const reissue = useMutation({
    mutationFn: async ({ id }: Registration) =>
      valueOf(await request(issuedLinksSchema, "POST", `/v1/sittings/${sitting.id}/registrations/${id}/link`)),
    onSuccess({ links }) {
      setAsked(null);
      setIssued((before) => [
        ...before.filter((one) => links.every((link) => link.attemptId !== one.attemptId)),
        ...links,
      ]);
    },
  });

  function close() {
    setAsked(null);
    reissue.reset();
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
      {issued.length === 0 ? null : (
        <IssuedLinks links={issued} sittingTitle={sitting.title} onDone={() => setIssued([])} />
      )}
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
                {mayRun ? <Table.Th scope="col">Link</Table.Th> : null}
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
                  {mayRun ? (
                    <Table.Td>
                      <Button
                        size="xs"
                        variant="default"
                        aria-label={`New link … for ${registration.name}`}
                        onClick={() => setAsked(registration)}
                      >
                        New link …
                      </Button>
                    </Table.Td>
                  ) : null}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      {asked === null ? null : (
        <Dialog
          title={`Issue a new link for ${asked.name}?`}
          onDismiss={close}
          actions={
            <>
              <Button loading={reissue.isPending} onClick={() => reissue.mutate(asked)}>
                Issue a new link
              </Button>
              <Button variant="default" onClick={close}>
                Keep the old one
              </Button>
            </>
          }
        >
          <Text mb="sm">
            The link that {asked.name} has stops working at once, and so does the browser that the exam is open in.
            Answers that are saved stay saved. With the new link {asked.name} goes on in the next browser that opens it,
            also on another computer.
          </Text>
          {reissue.isError ? <QueryProblem error={reissue.error} /> : null}
        </Dialog>
      )}
    </section>
  );
}
