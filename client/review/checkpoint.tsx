import { Button, Code, Group, Text, Title } from "@mantine/core";
import type { AttemptId } from "#domain/exam/ids.ts";
import { download } from "../ui/download.ts";
import styles from "./review.module.css";

type CheckpointProps = { readonly attemptId: AttemptId; readonly checkpoint: string | null };

/** The signed note over the attempt's log: whoever has it can tell later whether anything was changed since. */
export function Checkpoint({ attemptId, checkpoint }: CheckpointProps) {
  return (
    <section aria-labelledby="checkpoint-title">
      <Title order={2} size="h3" id="checkpoint-title" mb="xs">
        Signed checkpoint
      </Title>
      {checkpoint === null ? (
        <Text>There is none yet: a checkpoint is signed when something has been written to the attempt's log.</Text>
      ) : (
        <>
          <Text mb="xs">
            It signs the whole log of this attempt as it was when the checkpoint was made. Keep it: any later change to
            the log, even by us, would not agree with it. The record is the log itself, byte for byte: with it, anyone
            can check this checkpoint and the receipt that the candidate has.
          </Text>
          <Code block className={styles["note"]} tabIndex={0}>
            {checkpoint}
          </Code>
          <Group mt="sm" gap="sm">
            <Button variant="default" onClick={() => download(`checkpoint-${attemptId}.txt`, "text/plain", checkpoint)}>
              Download the checkpoint
            </Button>
            <Button component="a" variant="default" href={`/v1/attempts/${attemptId}/record`} download>
              Download the record
            </Button>
          </Group>
        </>
      )}
    </section>
  );
}
