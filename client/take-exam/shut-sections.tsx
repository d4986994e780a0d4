import { StepHeading } from "./step-heading.tsx";
import styles from "./take-exam.module.css";

/** Stands in the question's place while no section is open. */
export function ShutSections({ isOneAhead }: { readonly isOneAhead: boolean }) {
  return (
    <div className={styles["calm"]} data-testid="shut-sections">
      <StepHeading>{isOneAhead ? "Open a section to begin" : "Every section is over"}</StepHeading>
      <p>
        {isOneAhead
          ? "Each section has a time of its own, which begins when you open it in the list of questions."
          : "What you answered is saved. Hand in when you are ready."}
      </p>
    </div>
  );
}
