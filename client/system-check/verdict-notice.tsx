import { Title } from "@mantine/core";
import type { Verdict } from "./grade.ts";
import styles from "./system-check.module.css";

/** What all the lines mean together. */
export function VerdictNotice({ verdict }: { readonly verdict: Verdict }) {
  return (
    <div className={`${styles["verdict"]} ${styles[`verdict-${verdict.grade}`]}`} data-testid="verdict">
      <Title order={2} size="h4">
        {verdict.title}
      </Title>
      <p>{verdict.text}</p>
    </div>
  );
}
