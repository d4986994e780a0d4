import { Text } from "@mantine/core";
import { StepHeading } from "./step-heading.tsx";
import styles from "./take-exam.module.css";

/** Stands in the paper's place while the exam is paused. */
export function PausedNotice({ reason }: { readonly reason: string | null }) {
  return (
    <div className={`${styles["calm"]} ${styles["column"]}`} data-testid="paused">
      <StepHeading>The exam is paused</StepHeading>
      <Text>The proctor has paused it. The reason given:</Text>
      <blockquote className={styles["quote"]}>{reason}</blockquote>
      <Text>
        The clock stands still and your answers are safe. When the exam goes on, the questions come back and you get
        back the time of the pause, to the second.
      </Text>
    </div>
  );
}
