import { Button, Stack, Text } from "@mantine/core";
import type { Still } from "#domain/attempt/still.ts";
import type { AttemptId } from "#domain/exam/ids.ts";
import { clipOf } from "#domain/integrity/clip.ts";
import type { Violation } from "#domain/integrity/judge.ts";
import { count } from "../ui/format-duration.ts";
import { formatTime } from "../ui/format-moment.ts";
import type { Playback } from "./playback.ts";
import { deletionWords } from "./deletion-words.ts";
import { Stills } from "./stills.tsx";
import { useDeletions } from "./use-deletions.ts";
import { usePictures } from "./use-pictures.ts";

type ViolationEvidenceProps = {
  readonly attemptId: AttemptId;
  readonly violation: Violation;
  readonly stills: readonly Still[];
  /** Null where there is no recording to show. */
  readonly playback: Playback | null;
};

/** What was kept of a violation's moment: its pictures, and the seconds of the recording around it. */
export function ViolationEvidence({ attemptId, violation, stills, playback }: ViolationEvidenceProps) {
  const places = usePictures(
    `/v1/attempts/${attemptId}/pictures`,
    stills.map(({ sha256 }) => sha256),
  );
  const { snapshots: deletion } = useDeletions(attemptId);
  const { evidence = [], reason } = violation;
  const missing = evidence.filter((source) => !stills.some((still) => still.source === source));
  const { from, to } = clipOf(violation);
  return (
    <Stack gap="xs" align="flex-start" mt="xs">
      {deletion === undefined ? (
        <Stills stills={stills} places={places} reason={reason} />
      ) : stills.length === 0 ? null : (
        <Text size="sm">
          {count(stills.length, "picture")} of this moment: {deletionWords(deletion)}.
        </Text>
      )}
      {missing.length === 0 ? null : (
        <Text size="sm" c="dimmed">
          The rule asks for a picture of the {missing.join(" and of the ")}, and none arrived.
        </Text>
      )}
      {playback === null ? null : (
        <Button
          size="xs"
          variant="default"
          aria-label={`Watch these ${count(Math.round((to - from) / 1000), "second")}, around ${formatTime(violation.from)}`}
          onClick={() => {
            playback.play(from, to);
            document.getElementById("recording-title")?.scrollIntoView({ block: "start" });
          }}
        >
          Watch these {count(Math.round((to - from) / 1000), "second")}
        </Button>
      )}
    </Stack>
  );
}
