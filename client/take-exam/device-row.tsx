import { Button, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import type { Advice } from "./device-advice.ts";
import styles from "./take-exam.module.css";

type DeviceRowProps = {
  readonly title: string;
  readonly purpose: string;
  readonly state: "open" | "asking" | "ready" | "failed";
  readonly advice: Advice | null;
  /** What the button says before the first try. */
  readonly ask: string;
  readonly onAsk: () => void;
  /** What is shown once it is ready. */
  readonly children?: ReactNode;
};

const stateWords = {
  open: "Not yet checked",
  asking: "Asking the browser …",
  ready: "Ready",
  failed: "Not ready",
} as const;
const stateSigns = { open: "○", asking: "…", ready: "✓", failed: "!" } as const;

/** One thing that is checked: what it is for, how it stands, and what to do when it does not work. */
export function DeviceRow({ title, purpose, state, advice, ask, onAsk, children }: DeviceRowProps) {
  return (
    <section className={styles["device"]}>
      <div className={styles["device-head"]}>
        <Title order={2} size="h4">
          {title}
        </Title>
        <output className={styles[`is-${state}`]}>
          <span aria-hidden>{stateSigns[state]}</span> {stateWords[state]}
        </output>
      </div>
      <Text size="sm" c="dimmed">
        {purpose}
      </Text>
      {advice === null ? null : (
        <div className={styles["advice"]} role="alert">
          <strong>{advice.title}</strong>
          <p>{advice.whatToDo}</p>
        </div>
      )}
      {state === "ready" ? children : null}
      {state === "ready" ? null : (
        <Button
          mt="sm"
          variant={state === "failed" ? "filled" : "default"}
          loading={state === "asking"}
          onClick={onAsk}
        >
          {state === "failed" ? "Try again" : ask}
        </Button>
      )}
    </section>
  );
}
