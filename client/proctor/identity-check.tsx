import { Button, Group, Text, Textarea, Title } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import type { CaptureToCompare } from "#domain/attempt/identity.ts";
import type { ExamSessionId } from "#domain/exam/ids.ts";
import type { Tile } from "#protocol/session/down.ts";
import { CheckedPicture } from "../review/checked-picture.tsx";
import { usePictures } from "../review/use-pictures.ts";
import { captureWords } from "../ui/capture-words.ts";
import { formatTime } from "../ui/format-moment.ts";
import { qualityWords } from "../ui/quality-words.ts";
import type { Give } from "./interventions.tsx";
import classes from "./proctor.module.css";

type IdentityCheckProps = {
  readonly tile: Tile;
  readonly examSessionId: ExamSessionId;
  /** The live picture of the camera, to compare with; null once the exam has begun. */
  readonly live: ReactNode;
  readonly onCommand: Give;
};

/** Whether the candidate is about to be let in, and there is something to be compared. */
export function isComparing({ identity, status }: Tile["view"]): boolean {
  return identity.length > 0 && (status === "waiting" || status === "denied" || status === "admitted");
}

const names = { face: "Face", document: "Document", room: "Room" } as const;

/** What was taken of the candidate beside the live picture, to be compared, and what can be asked for again. */
export function IdentityCheck({ tile, examSessionId, live, onCommand }: IdentityCheckProps) {
  const { identity, name } = tile.view;
  const [isShown, setIsShown] = useState(false);
  const mayAsk = isComparing(tile.view);
  const taken = identity.flatMap(({ picture }) => (picture !== null && (mayAsk || isShown) ? [picture.sha256] : []));
  const places = usePictures(`/v1/exam-sessions/${examSessionId}/attempts/${tile.attemptId}/pictures`, taken);
  if (identity.length === 0) return null;
  if (!mayAsk && !isShown) {
    return (
      <Button size="compact-sm" variant="subtle" onClick={() => setIsShown(true)} style={{ alignSelf: "flex-start" }}>
        Photographs from before the exam…
      </Button>
    );
  }
  return (
    <section aria-label={`Who ${name} is`}>
      <Title order={3} size="h5" mb="xs">
        {mayAsk ? "Compare with the live picture" : "Photographs from before the exam"}
      </Title>
      <div className={classes["compare"]}>
        {live}
        {identity.map((each) => (
          <div key={each.capture}>
            {each.picture === null ? null : (
              <CheckedPicture
                sha256={each.picture.sha256}
                places={places}
                kind={each.capture === "room" ? "recording" : "photograph"}
                alt={`${names[each.capture]} of ${name}, taken at ${formatTime(each.picture.at)}`}
                caption={<span>{captionOf(each)}</span>}
              />
            )}
            <Text size="sm">{stateWords(each)}</Text>
            {mayAsk && each.state === "taken" ? (
              <AskAgain tile={tile} capture={each.capture} onCommand={onCommand} />
            ) : null}
          </div>
        ))}
      </div>
    </section>
  );
}

function captionOf({ capture, picture }: CaptureToCompare): string {
  if (picture === null) return names[capture];
  const found = picture.hints.map((hint) => qualityWords(hint).seen).join(", ");
  return `${names[capture]}, ${formatTime(picture.at)}${found === "" ? "" : ` (the page found: ${found})`}`;
}

function stateWords({ capture, state, askedAgain, leftBecause }: CaptureToCompare): string {
  if (askedAgain !== null) return `Asked for again: ${askedAgain}`;
  if (state === "left") return `You compare ${names[capture].toLowerCase()} in the live picture: ${leftBecause ?? ""}`;
  return state === "missing" ? `${names[capture]}: not taken yet` : "";
}

const readySentences = ["It is too dark to see.", "It is not sharp enough to read.", "A part of it is covered."];

type AskAgainProps = {
  readonly tile: Tile;
  readonly capture: CaptureToCompare["capture"];
  readonly onCommand: Give;
};

function AskAgain({ tile, capture, onCommand }: AskAgainProps) {
  const [isOpen, setIsOpen] = useState(false);
  const [reason, setReason] = useState("");
  if (!isOpen) {
    return (
      <Button
        size="compact-sm"
        variant="default"
        mt={4}
        aria-label={`Ask again for ${captureWords(capture)}`}
        onClick={() => setIsOpen(true)}
      >
        Ask again
      </Button>
    );
  }

  function ask(event: FormEvent): void {
    event.preventDefault();
    if (reason.trim() === "") return;
    onCommand(tile, { type: "askIdentityAgain", capture, reason });
    setIsOpen(false);
    setReason("");
  }

  return (
    <form onSubmit={ask}>
      <Textarea
        label="Why? The candidate reads this."
        autosize
        minRows={2}
        maxLength={1000}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Group gap={4} mt={4}>
        {readySentences.map((sentence) => (
          <Button key={sentence} size="compact-xs" variant="default" onClick={() => setReason(sentence)}>
            {sentence}
          </Button>
        ))}
      </Group>
      <Group gap="xs" mt="xs">
        <Button type="submit" size="xs" disabled={reason.trim() === ""}>
          Send
        </Button>
        <Button size="xs" variant="default" onClick={() => setIsOpen(false)}>
          Cancel
        </Button>
      </Group>
    </form>
  );
}
