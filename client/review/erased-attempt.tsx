import { Button, List, Text, Title } from "@mantine/core";
import { deletedWords, deletionWords } from "./deletion-words.ts";
import { useDeletions } from "./use-deletions.ts";

/** An attempt of which the log was erased: what is gone, since when and why, and what is left. */
export function ErasedAttempt({ attemptId }: { readonly attemptId: string }) {
  const deletions = Object.values(useDeletions(attemptId));
  return (
    <div>
      <Title order={1} size="h2" mb="xs">
        What happened in this attempt was deleted
      </Title>
      <Text>
        It does not come back. What is left is the attempt's record without its words: with it, anyone can still check
        the receipt that the candidate has.
      </Text>
      <List my="md" aria-label="What was deleted">
        {deletions.map((deletion) => (
          <List.Item key={deletion.of}>
            {capital(deletedWords[deletion.of])}: {deletionWords(deletion)}.
          </List.Item>
        ))}
      </List>
      <Button component="a" variant="default" href={`/v1/attempts/${attemptId}/record`} download>
        Download the record
      </Button>
    </div>
  );
}

function capital(words: string): string {
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}
