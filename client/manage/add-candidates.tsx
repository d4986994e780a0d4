import { Button, Checkbox, Group, List, NativeSelect, Stack, Table, Text, Textarea } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import type { AskedTimes } from "#domain/access/guest-link.ts";
import { regions } from "#domain/exam/rooms.ts";
import { mostRows } from "#protocol/http/field.ts";
import {
  candidateRows,
  type NewRegistrationsAnswer,
  newRegistrationsAnswerSchema,
} from "#protocol/http/registration.ts";
import type { Sitting } from "#protocol/http/sitting.ts";
import { valueOf } from "../http/request-problem-error.ts";
import { request } from "../http/request.ts";
import { queryClient } from "../sign-in/query-client.ts";
import { QueryProblem } from "../sign-in/query-problem.tsx";
import { count } from "../ui/format-duration.ts";
import { ProblemNotice } from "../ui/problem-notice.tsx";
import { regionNames } from "../ui/room-words.ts";
import { keys } from "./api.ts";
import { parseCandidates } from "./candidate-lines.ts";
import { ChooseFile } from "./choose-file.tsx";
import { askedTimesOf, LinkTimes, usualTimes } from "./link-times.tsx";
import styles from "./manage.module.css";
import { type FileFault, faultWords } from "./rows-file.ts";
import { useNow } from "./use-now.ts";

type AddCandidatesProps = {
  readonly sitting: Sitting;
  readonly onAdded: (added: NewRegistrationsAnswer) => void;
  readonly onClose: () => void;
};

/** A list pasted or taken from a file, and beside it how it is understood, before anything is made of it. */
export function AddCandidates({ sitting, onAdded, onClose }: AddCandidatesProps) {
  const sittingId = sitting.id;
  const [text, setText] = useState("");
  const [region, setRegion] = useState("");
  const [typed, setTyped] = useState(usualTimes);
  const [isMailed, setIsMailed] = useState(true);
  const times = askedTimesOf(typed, useNow());
  const [fileFault, setFileFault] = useState<FileFault | null>(null);
  // Not again with each second that `useNow` counts: a list may have 5,000 lines.
  const { candidates, faults } = useMemo(() => parseCandidates(text), [text]);
  const unreadable = fileFault === null ? null : faultWords(fileFault, { csv: candidateRows });
  const addressed = candidates.filter(({ email }) => email !== null).length;
  const hasRegions = candidates.some((one) => one.region !== null);
  const isTooMany = candidates.length > mostRows;
  const add = useMutation({
    mutationFn: async (asked: AskedTimes) => {
      const placed = candidates.map((one) => ({ ...one, region: one.region ?? (region === "" ? null : region) }));
      const path = `/v1/sittings/${sittingId}/registrations`;
      return valueOf(
        await request(newRegistrationsAnswerSchema, "POST", path, {
          candidates: placed,
          sendByEmail: isMailed && addressed > 0,
          ...asked,
        }),
      );
    },
    async onSuccess(added) {
      onAdded(added);
      await Promise.all([
        queryClient.invalidateQueries({ queryKey: keys.sitting(sittingId) }),
        queryClient.invalidateQueries({ queryKey: keys.results(sittingId) }),
        queryClient.invalidateQueries({ queryKey: keys.sittings }),
      ]);
    },
  });
  return (
    <Stack gap="sm" my="md">
      <Textarea
        label="Candidates"
        description="One on each line: name, email. The address may be left out. A column from a spreadsheet can be pasted, or a CSV whose first row names its columns: name, email, region."
        placeholder={"Ada Lovelace, ada@school.example\nGrace Hopper"}
        autosize
        minRows={4}
        maxRows={12}
        data-autofocus
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <ChooseFile
        onText={(read) => {
          setFileFault(null);
          setText(read);
        }}
        onFault={setFileFault}
      />
      {unreadable === null ? null : <ProblemNotice title={unreadable.title}>{unreadable.whatToDo}</ProblemNotice>}
      {faults.length === 0 ? null : (
        <div className={styles["fault"]} aria-live="polite">
          <List size="sm">
            {faults.slice(0, 10).map(({ line, text: fault }) => (
              <List.Item key={line}>
                Line {line}: {fault}
              </List.Item>
            ))}
          </List>
          {faults.length > 10 ? `and ${faults.length - 10} more` : null}
        </div>
      )}
      {isTooMany ? (
        <Text className={styles["fault"]}>Add at most {mostRows} at a time: paste the rest afterwards.</Text>
      ) : null}
      {candidates.length === 0 ? null : (
        <Table.ScrollContainer minWidth={320} mah="14rem">
          <Table verticalSpacing={4} captionSide="top">
            <Table.Caption ta="start">This is how the list is understood:</Table.Caption>
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">Name</Table.Th>
                <Table.Th scope="col">Email</Table.Th>
                {hasRegions ? <Table.Th scope="col">Region</Table.Th> : null}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {candidates.slice(0, mostRows).map(({ name, email, region: near }, index) => (
                // oxlint-disable-next-line react/no-array-index-key -- two people may have one name, and rows only follow the text.
                <Table.Tr key={index}>
                  <Table.Td>{name}</Table.Td>
                  <Table.Td>{email ?? "–"}</Table.Td>
                  {hasRegions ? <Table.Td>{near === null ? "–" : regionNames[near]}</Table.Td> : null}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      <NativeSelect
        label="Region"
        description={
          hasRegions
            ? "Where those sit of whom the list says nothing: they get a room near them."
            : "Where these candidates sit: they get a room near them."
        }
        maw="24rem"
        value={region}
        data={[
          { value: "", label: sitting.region === null ? "Anywhere" : `${regionNames[sitting.region]}, as the sitting` },
          ...regions.filter((value) => value !== sitting.region).map((value) => ({ value, label: regionNames[value] })),
        ]}
        onChange={(event) => setRegion(event.currentTarget.value)}
      />
      {addressed === 0 ? null : (
        <Checkbox
          label={`Send ${addressed === candidates.length ? "each" : `the ${addressed} who have an address`} their link by email`}
          description="You see the links here all the same. What was sent is listed under Mail."
          checked={isMailed}
          onChange={(event) => setIsMailed(event.currentTarget.checked)}
        />
      )}
      <LinkTimes typed={typed} onChange={setTyped} />
      {add.isError ? <QueryProblem error={add.error} /> : null}
      <Group>
        <Button
          loading={add.isPending}
          disabled={candidates.length === 0 || faults.length > 0 || isTooMany || typeof times === "string"}
          onClick={() => (typeof times === "string" ? undefined : add.mutate(times))}
        >
          {candidates.length === 0 ? "Add" : `Add ${count(candidates.length, "candidate")} and issue links`}
        </Button>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
      </Group>
    </Stack>
  );
}
