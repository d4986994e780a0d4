import { Button, Group, Text } from "@mantine/core";
import { type ReactNode, useEffect, useRef } from "react";
import type { AttemptId } from "#domain/exam/ids.ts";
import type { IdentityCapture } from "#domain/integrity/policy.ts";
import { qualityWords } from "../ui/quality-words.ts";
import { identityWords } from "./identity-words.ts";
import styles from "./take-exam.module.css";
import { type Taken, useIdentityUpload } from "./use-identity-upload.ts";

type TakenPictureProps = {
  readonly attemptId: AttemptId;
  readonly capture: IdentityCapture;
  readonly taken: Taken;
  readonly onAgain: () => void;
  /** What was taken, as it is shown. */
  readonly children: ReactNode;
};

/** What was taken, what the page found in it, and the choice to use it as it is or to take it again. */
export function TakenPicture({ attemptId, capture, taken, onAgain, children }: TakenPictureProps) {
  const { isSending, problem, send } = useIdentityUpload(attemptId, capture);
  const result = useRef<HTMLParagraphElement>(null);
  // Whoever does not see the picture hears what the page found in it.
  useEffect(() => result.current?.focus(), []);
  const found = taken.hints.map((hint) => qualityWords(hint).seen);
  return (
    <div>
      <Text ref={result} tabIndex={-1} mb="sm">
        {found.length === 0
          ? "It was taken, and the page finds nothing wanting in it."
          : `It was taken. The page found: ${found.join(", ")}. You may use it as it is.`}
      </Text>
      {children}
      {problem === null ? null : (
        <div className={styles["advice"]} role="alert">
          {problem}
        </div>
      )}
      <Group mt="md">
        <Button size="md" loading={isSending} onClick={() => void send(taken)}>
          Use {identityWords(capture).it}
        </Button>
        <Button size="md" variant="default" disabled={isSending} onClick={onAgain}>
          Take it again
        </Button>
      </Group>
    </div>
  );
}
