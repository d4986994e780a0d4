import { type ComponentProps, useId } from "react";
import styles from "./text-box.module.css";

type TextLineProps = ComponentProps<"input"> & {
  /** The element that holds its question. */
  readonly labelledBy: string;
  readonly hint: string;
};

/** One line of text, for an answer. */
export function TextLine({ labelledBy, hint, ...props }: TextLineProps) {
  const hintId = useId();
  return (
    <div className={styles["box"]}>
      <p id={hintId} className={styles["hint"]}>
        {hint}
      </p>
      <input className={styles["input"]} aria-labelledby={labelledBy} aria-describedby={hintId} {...props} />
    </div>
  );
}
