import { Button, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import type { Grade } from "./grade.ts";
import type { LineWords } from "./line-words.ts";
import styles from "./system-check.module.css";

export type RowState = "waiting" | "checking" | Grade;

const stateWords: Readonly<Record<RowState, string>> = {
  waiting: "Not yet checked",
  checking: "Checking …",
  fine: "Fine",
  better: "Can be better",
  "not-usable": "Not usable here",
};
const stateSigns: Readonly<Record<RowState, string>> = {
  waiting: "○",
  checking: "…",
  fine: "✓",
  better: "△",
  "not-usable": "✕",
};

type CheckRowProps = {
  readonly title: string;
  readonly purpose: string;
  readonly state: RowState;
  readonly words: LineWords | null;
  readonly detail: string | null;
  readonly button: { readonly label: string; readonly isMain: boolean; readonly onClick: () => void } | null;
  /** A picture or a meter. */
  readonly children?: ReactNode;
};

/** One line of the check: how it stands in a sign and in words, what was found, and what to do about it. */
export function CheckRow({ title, purpose, state, words, detail, button, children }: CheckRowProps) {
  return (
    <li className={styles["row"]} data-state={state} data-testid={`check-${title}`}>
      <div className={styles["head"]}>
        <Title order={2} size="h5">
          {title}
        </Title>
        <span className={styles[state]}>
          <span aria-hidden>{stateSigns[state]}</span> {stateWords[state]}
        </span>
      </div>
      <Text size="sm" c="dimmed">
        {purpose}
      </Text>
      {words === null ? null : (
        <div className={words.whatToDo === null ? styles["found"] : styles["advice"]}>
          <p>
            {words.says}
            {detail === null ? null : ` ${detail}.`}
          </p>
          {words.whatToDo === null ? null : (
            <p>
              <strong>What to do:</strong> {words.whatToDo}
            </p>
          )}
        </div>
      )}
      {children}
      {button === null ? null : (
        <Button
          mt="sm"
          size="compact-md"
          variant={button.isMain ? "filled" : "default"}
          loading={state === "checking"}
          aria-label={`${button.label}: ${title}`}
          onClick={button.onClick}
        >
          {button.label}
        </Button>
      )}
    </li>
  );
}
