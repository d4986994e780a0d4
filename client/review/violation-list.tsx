import { Text, Title } from "@mantine/core";
import type { AttemptId } from "#domain/exam/ids.ts";
import { count } from "../ui/format-duration.ts";
import type { ReviewedViolation } from "./noted-violation.ts";
import type { Playback } from "./playback.ts";
import styles from "./review.module.css";
import { ViolationEntry } from "./violation-entry.tsx";
import { ViolationEvidence } from "./violation-evidence.tsx";

type ViolationListProps = {
  readonly attemptId: AttemptId;
  /** There is no recording to show to this member. */
  readonly isTimelineOnly: boolean;
  readonly violations: readonly ReviewedViolation[];
  readonly playback: Playback;
};

/** Everything that was noted, with the rule, the observation and what followed. */
export function ViolationList({ attemptId, isTimelineOnly, violations, playback }: ViolationListProps) {
  return (
    <section aria-labelledby="violations-title">
      <Title order={2} size="h3" id="violations-title" mb="xs">
        What was noted
      </Title>
      <Text mb="sm">
        {violations.length === 0
          ? "Nothing was noted in this attempt."
          : `${count(violations.length, "violation")}. Each is something to look at, and none is a verdict: sensors err, and people have reasons.`}
      </Text>
      <ol className={styles["violations"]}>
        {violations.map((violation) => (
          <li key={violation.seq} id={`violation-${violation.seq}`}>
            <ViolationEntry violation={violation} onGoTo={playback.goTo}>
              <ViolationEvidence
                attemptId={attemptId}
                violation={violation}
                stills={violation.stills}
                playback={isTimelineOnly ? null : playback}
              />
            </ViolationEntry>
          </li>
        ))}
      </ol>
    </section>
  );
}
