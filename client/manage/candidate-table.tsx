import { Button, Group, NativeSelect, Table, Text, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { isNobody } from "#domain/retention/erasure.ts";
import type { Registration } from "#protocol/http/registration.ts";
import type { Sitting } from "#protocol/http/sitting.ts";
import { QueryProblem } from "../sign-in/query-problem.tsx";
import { Loading } from "../ui/loading.tsx";
import { roomName } from "../ui/room-words.ts";
import { Accommodations } from "./accommodations.tsx";
import { useRegistrations } from "./api.ts";
import { DownloadCsv } from "./download-csv.tsx";
import { linkWords } from "./link-words.ts";
import styles from "./manage.module.css";
import { useNow } from "./use-now.ts";

type CandidateTableProps = {
  readonly sitting: Sitting;
  readonly mayRun: boolean;
  readonly onReplace: (registration: Registration) => void;
  readonly onWithdraw: (registration: Registration) => void;
};

/** With so few nobody has to look for anybody. */
const fewCandidates = 10;

/** Who has a place in the sitting, by name, page by page, with what to find somebody by. */
export function CandidateTable({ sitting, mayRun, onReplace, onWithdraw }: CandidateTableProps) {
  const [text, setText] = useState("");
  const [opened, setOpened] = useState("");
  const [asked] = useDebouncedValue(text.trim(), 250);
  const filters = { ...(asked === "" ? {} : { text: asked }), ...(opened === "" ? {} : { opened }) };
  const pages = useRegistrations(sitting.id, filters);
  const registrations = pages.data?.pages.flatMap((page) => page.registrations) ?? [];
  const hasRooms = sitting.rooms.length > 1;
  const roomOf = new Map(sitting.rooms.map(({ examSessionId, number }) => [examSessionId, roomName(number)]));

  return (
    <>
      <Group mb="sm" gap="sm" align="flex-end">
        {sitting.candidates <= fewCandidates ? null : (
          <>
            <TextInput
              label="Name or address"
              type="search"
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
            />
            <NativeSelect
              label="Link"
              value={opened}
              data={[
                { value: "", label: "Any" },
                { value: "no", label: "Never opened" },
                { value: "yes", label: "Opened" },
              ]}
              onChange={(event) => setOpened(event.currentTarget.value)}
            />
          </>
        )}
        <DownloadCsv
          label="Download as CSV"
          path={`/v1/sittings/${sitting.id}/registrations?${new URLSearchParams(filters)}`}
          fileName="candidates.csv"
        />
      </Group>
      {pages.data === undefined ? (
        pages.isError ? (
          <QueryProblem error={pages.error} onRetry={() => void pages.refetch()} />
        ) : (
          <Loading what="the candidates" />
        )
      ) : registrations.length === 0 ? (
        <Text c="dimmed">Nobody is like that. Choose less: another part of the name, or any link.</Text>
      ) : (
        <Table.ScrollContainer minWidth={480} mah="28rem">
          <Table verticalSpacing="xs">
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">Name</Table.Th>
                <Table.Th scope="col">Email</Table.Th>
                {hasRooms ? <Table.Th scope="col">Room</Table.Th> : null}
                {mayRun ? <Table.Th scope="col">Arranged</Table.Th> : null}
                <Table.Th scope="col">Link</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {registrations.map((registration) => (
                <Table.Tr key={registration.id}>
                  <Table.Td>{registration.name}</Table.Td>
                  <Table.Td>{registration.email ?? "–"}</Table.Td>
                  {hasRooms ? <Table.Td>{roomOf.get(registration.examSessionId)}</Table.Td> : null}
                  {mayRun ? (
                    <Table.Td>
                      {isNobody(registration) ? null : (
                        <Accommodations sittingId={sitting.id} registration={registration} />
                      )}
                    </Table.Td>
                  ) : null}
                  <Table.Td>
                    <LinkOf
                      registration={registration}
                      mayRun={mayRun && !isNobody(registration)}
                      onReplace={() => onReplace(registration)}
                      onWithdraw={() => onWithdraw(registration)}
                    />
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      {pages.hasNextPage ? (
        <Button mt="sm" variant="default" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          More candidates
        </Button>
      ) : null}
    </>
  );
}

type LinkOfProps = {
  readonly registration: Registration;
  readonly mayRun: boolean;
  readonly onReplace: () => void;
  readonly onWithdraw: () => void;
};

/** What became of somebody's link, and what can be done with it. */
function LinkOf({ registration: { name, link }, mayRun, onReplace, onWithdraw }: LinkOfProps) {
  const now = useNow();
  return (
    <Group gap="xs">
      <span className={styles["linkState"]}>{linkWords(link, now)}</span>
      {mayRun ? (
        <Button size="xs" variant="default" aria-label={`New link … for ${name}`} onClick={onReplace}>
          New link …
        </Button>
      ) : null}
      {mayRun && link.revokedAt === null ? (
        <Button size="xs" variant="default" aria-label={`Withdraw the link … of ${name}`} onClick={onWithdraw}>
          Withdraw …
        </Button>
      ) : null}
    </Group>
  );
}
