import { Button, List, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { confirms, staysAfterErasure } from "#domain/retention/erasure.ts";
import type { CandidateList } from "#protocol/http/retention.ts";
import { QueryProblem } from "../sign-in/query-problem.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { useErasePerson } from "./retention-api.ts";

type ErasePersonProps = { readonly person: CandidateList["candidates"][number]; readonly onClose: () => void };

/** Says what goes and what stays, and asks for the name; for the address, where several names have it. */
export function ErasePerson({ person, onClose }: ErasePersonProps) {
  const [name, setName] = useState("");
  const erase = useErasePerson();
  const { names, email, attempts } = person;
  const isShared = names.length > 1 && email !== null;
  return (
    <Dialog
      title={`Erase the data of ${names.join(", ")}?`}
      onDismiss={onClose}
      actions={
        <>
          <Button
            color="red"
            disabled={!confirms(name, person)}
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
      {isShared ? (
        <Text mb="xs" fw={700}>
          {names.length} names have the address {email}. All of them are erased together.
        </Text>
      ) : null}
      <Text mb="xs">Recordings, pictures, answers, results, name and e-mail go and do not come back, of:</Text>
      <List size="sm" mb="sm" aria-label="What is erased">
        {attempts.map(({ attemptId, name: called, sittingTitle }) => (
          <List.Item key={attemptId}>
            {called}: {sittingTitle}
          </List.Item>
        ))}
      </List>
      <Text mb="xs">What stays:</Text>
      <List size="sm" mb="sm">
        {staysAfterErasure.map(({ what, why }) => (
          <List.Item key={what}>
            {what}. {why}
          </List.Item>
        ))}
      </List>
      <TextInput
        label={`Type "${isShared ? email : names.join(", ")}" to confirm`}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      {erase.isError ? <QueryProblem error={erase.error} /> : null}
    </Dialog>
  );
}
