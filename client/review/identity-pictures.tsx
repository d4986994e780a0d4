import { Stack, Text, Title } from "@mantine/core";
import type { AttemptEvent } from "#domain/attempt/event.ts";
import type { AttemptId } from "#domain/exam/ids.ts";
import { factSentence } from "../ui/fact-sentence.ts";
import { formatTime } from "../ui/format-moment.ts";
import { qualityWords } from "../ui/quality-words.ts";
import styles from "./checked-picture.module.css";
import { CheckedPicture } from "./checked-picture.tsx";
import { deletionWords } from "./deletion-words.ts";
import { useDeletions } from "./use-deletions.ts";
import { usePictures } from "./use-pictures.ts";

type IdentityPicturesProps = { readonly attemptId: AttemptId; readonly events: readonly AttemptEvent[] };

const names = { face: "Face", document: "Document", room: "Room" } as const;

/** What was taken of the candidate before the exam, all of it, and what was said of it. */
export function IdentityPictures({ attemptId, events }: IdentityPicturesProps) {
  const captured = events.flatMap(({ fact, at, seq }) =>
    fact.type === "identityCaptured" ? [{ ...fact, at, seq }] : [],
  );
  const said = events.filter(({ fact }) => fact.type === "identityLeftToProctor" || fact.type === "identityAskedAgain");
  const places = usePictures(
    `/v1/attempts/${attemptId}/pictures`,
    captured.map(({ sha256 }) => sha256),
  );
  const { identity: deletion } = useDeletions(attemptId);
  if (captured.length + said.length === 0) return null;
  return (
    <section aria-labelledby="identity-title">
      <Title order={2} size="h3" id="identity-title" mb="xs">
        Before the exam
      </Title>
      <Stack gap="xs">
        {deletion === undefined || captured.length === 0 ? null : (
          <Text>
            What was taken ({captured.map(({ capture, at }) => `${names[capture]}, ${formatTime(at)}`).join("; ")}) was{" "}
            {deletionWords(deletion)}.
          </Text>
        )}
        <div className={styles["row"]}>
          {(deletion === undefined ? captured : []).map(({ seq, at, capture, sha256, hints }) => (
            <CheckedPicture
              key={seq}
              sha256={sha256}
              places={places}
              kind={capture === "room" ? "recording" : "photograph"}
              alt={`${names[capture]} at ${formatTime(at)}`}
              caption={
                <span>
                  {names[capture]}, {formatTime(at)}
                  {hints.length === 0 ? "" : ` (${hints.map((hint) => qualityWords(hint).seen).join(", ")})`}
                </span>
              }
            />
          ))}
        </div>
        {said.map(({ seq, at, by, fact }) => (
          <Text key={seq} size="sm">
            {formatTime(at)}: {factSentence(fact, by)}
          </Text>
        ))}
      </Stack>
    </section>
  );
}
