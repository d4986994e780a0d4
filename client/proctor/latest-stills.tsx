import { Text, Title } from "@mantine/core";
import type { ExamSessionId } from "#domain/exam/ids.ts";
import type { Tile } from "#protocol/session/down.ts";
import { Stills } from "../review/stills.tsx";
import { usePictures } from "../review/use-pictures.ts";

type LatestStillsProps = { readonly tile: Tile; readonly examSessionId: ExamSessionId };

/** The pictures of the moment of the latest violation. */
export function LatestStills({ tile, examSessionId }: LatestStillsProps) {
  const { latest } = tile.view.violations;
  const stills = latest?.stills ?? [];
  const places = usePictures(
    `/v1/exam-sessions/${examSessionId}/attempts/${tile.attemptId}/pictures`,
    stills.map(({ sha256 }) => sha256),
  );
  if (latest === null || stills.length === 0) return null;
  return (
    <section aria-label={`Pictures of the latest violation of ${tile.view.name}`}>
      <Title order={3} size="h5">
        Pictures of the latest violation
      </Title>
      <Text size="sm" mb="xs">
        {latest.reason}
      </Text>
      <Stills stills={stills} places={places} reason={latest.reason} />
    </section>
  );
}
