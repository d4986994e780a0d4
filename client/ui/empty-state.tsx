import { Title } from "@mantine/core";
import type { ReactNode } from "react";
import styles from "./empty-state.module.css";

/** Says that nothing is here, and what to do about it. */
export function EmptyState({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <div className={styles.box}>
      <Title order={2} size="h4">
        {title}
      </Title>
      <div>
        <p>{children}</p>
      </div>
    </div>
  );
}
