import { VisuallyHidden } from "@mantine/core";
import { type Step, stepTitles } from "./step.ts";
import styles from "./stepper.module.css";

/** Where the candidate is on the way from the link to the receipt. */
export function Stepper({ current, steps }: { readonly current: Step; readonly steps: readonly Step[] }) {
  const reached = steps.indexOf(current);
  return (
    <nav aria-label="Steps of this exam">
      <ol className={styles["steps"]}>
        {steps.map((step, index) => (
          <li
            key={step}
            className={index < reached ? `${styles["step"]} ${styles["done"]}` : styles["step"]}
            aria-current={step === current ? "step" : undefined}
          >
            <span className={styles["number"]} aria-hidden>
              {index < reached ? "✓" : index + 1}
            </span>
            {stepTitles[step]}
            {index < reached ? <VisuallyHidden>, done</VisuallyHidden> : null}
          </li>
        ))}
      </ol>
    </nav>
  );
}
