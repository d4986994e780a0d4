import { Button, List, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { staysAfterErasure } from "#domain/retention/erasure.ts";
import type { CandidateList } from "#protocol/http/retention.ts";
import { QueryProblem } from "../sign-in/query-problem.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { useErasePerson } from "./retention-api.ts";

type ErasePersonProps = { readonly person: CandidateList["candidates"][number]; readonly onClose: () => void };

/** Says what goes and what stays, and asks for the name. */
export function ErasePerson({ person, onClose }: ErasePersonProps) {
  const [name, setName] = useState("");
  const erase = useErasePerson();
  const isTyped = name.trim() === person.name.trim();
  return (
    <Dialog
      title={`Erase the data of ${person.name}?`}
      onDismiss={onClose}
      actions={
        <>
          <Button
            color="red"
            disabled={!isTyped}
            loading={erase.isPending}
            onClick={() => erase.mutate({ id: person.id, name }, { onSuccess: onClose })}
          >
            Erase for good
          </Button>
          <Button variant="default" onClick={onClose}>
            Keep it
          </Button>
        </>
      }
    >
      <Text mb="xs">
        Recordings, pictures, answers, results, name and e-mail go, of all their exams, and do not come back. What
        stays:
      </Text>
      <List size="sm" mb="sm">
        {staysAfterErasure.map(({ what, why }) => (
          <List.Item key={what}>
            {what}. {why}
          </List.Item>
        ))}
      </List>
      <TextInput
        label={`Type "${person.name}" to confirm`}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      {erase.isError ? <QueryProblem error={erase.error} /> : null}
    </Dialog>
  );
}
