import { Button, Group, Table, Text, TextInput, Title } from "@mantine/core";
import { useState } from "react";
import type { CandidateList } from "#protocol/http/retention.ts";
import { QueryProblem } from "../sign-in/query-problem.tsx";
import { ErasePerson } from "./erase-person.tsx";
import { type HoldChoice, PlaceHold } from "./place-hold.tsx";
import { usePeople } from "./retention-api.ts";

type Person = CandidateList["candidates"][number];
type Doing = { readonly what: "hold" | "erase"; readonly person: Person };

/** Finds a person, hands out what is held on them, holds it, or erases it. */
export function OnePerson() {
  const [typed, setTyped] = useState("");
  const [search, setSearch] = useState("");
  const [doing, setDoing] = useState<Doing | null>(null);
  const people = usePeople(search);
  return (
    <section aria-labelledby="one-person">
      <Title order={2} size="h4" id="one-person" mb="xs">
        One person's data
      </Title>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          setSearch(typed.trim());
        }}
      >
        <Group align="end" gap="sm" mb="sm">
          <TextInput
            label="Name or e-mail"
            description="A part of it is enough."
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          <Button type="submit" variant="default" loading={people.isFetching}>
            Find
          </Button>
        </Group>
      </form>
      {people.isError ? <QueryProblem error={people.error} onRetry={() => void people.refetch()} /> : null}
      {people.data?.candidates.length === 0 ? <Text>Nobody is called that.</Text> : null}
      {people.data === undefined || people.data.candidates.length === 0 ? null : (
        <Table aria-label="People found">
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">Name</Table.Th>
              <Table.Th scope="col">Exams</Table.Th>
              <Table.Th scope="col">What can be done</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {people.data.candidates.map((person) => (
              <Table.Tr key={person.id}>
                <Table.Td>
                  {person.names.join(", ")}
                  <Text size="sm" c="dimmed">
                    {person.email}
                  </Text>
                </Table.Td>
                <Table.Td>{person.attempts.map((attempt) => examOf(person, attempt)).join(", ")}</Table.Td>
                <Table.Td>
                  {person.erasedAt === null ? (
                    <Group gap="xs">
                      <Button
                        size="compact-sm"
                        variant="default"
                        component="a"
                        href={`/v1/candidates/${person.id}/data`}
                        download={`person-${person.id}.zip`}
                        aria-label={`Download the data of ${person.names.join(", ")}`}
                      >
                        Download
                      </Button>
                      <Button
                        size="compact-sm"
                        variant="default"
                        aria-label={`Hold the data of ${person.names.join(", ")}`}
                        onClick={() => setDoing({ what: "hold", person })}
                      >
                        Hold
                      </Button>
                      <Button
                        size="compact-sm"
                        variant="default"
                        aria-label={`Erase the data of ${person.names.join(", ")}`}
                        onClick={() => setDoing({ what: "erase", person })}
                      >
                        Erase
                      </Button>
                    </Group>
                  ) : (
                    <Text size="sm">Erased</Text>
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      {doing?.what === "hold" ? <PlaceHold choices={holdChoices(doing.person)} onClose={() => setDoing(null)} /> : null}
      {doing?.what === "erase" ? <ErasePerson person={doing.person} onClose={() => setDoing(null)} /> : null}
    </section>
  );
}

/** With the name where several have the address: whoever sees it must know that all of it is taken for one person's. */
function examOf({ names }: Person, { name, sittingTitle }: Person["attempts"][number]): string {
  return names.length > 1 ? `${sittingTitle} (${name})` : sittingTitle;
}

/** All of the person, or one of their attempts or sittings. */
function holdChoices(person: Person): readonly [HoldChoice, ...HoldChoice[]] {
  const { id, names, attempts } = person;
  return [
    { on: { kind: "candidate", id }, label: `Everything of ${names.join(", ")}` },
    ...attempts.map((attempt): HoldChoice => ({
      on: { kind: "attempt", id: attempt.attemptId },
      label: `Their attempt of ${examOf(person, attempt)}`,
    })),
    ...attempts.map(({ sittingId, sittingTitle }): HoldChoice => ({
      on: { kind: "sitting", id: sittingId },
      label: `Everybody's of ${sittingTitle}`,
    })),
  ];
}
