import { type ComponentProps, useId } from "react";
import styles from "./text-box.module.css";

/** Several lines of text. The browser's own: on a candidate's way each script that is not loaded is time. */
export function TextBox({ label, ...props }: ComponentProps<"textarea"> & { readonly label: string }) {
  const id = useId();
  return (
    <div className={styles["box"]}>
      <label htmlFor={id} className={styles["label"]}>
        {label}
      </label>
      <textarea id={id} className={styles["input"]} {...props} />
    </div>
  );
}
