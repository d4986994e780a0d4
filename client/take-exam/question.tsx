import { Button, Text } from "@mantine/core";
import { useEffect, useRef } from "react";
import type { Response } from "#domain/exam/response.ts";
import { count } from "../ui/format-duration.ts";
import { ItemField } from "./item-field.tsx";
import type { QuestionMark } from "./question-marks.ts";
import { questionSavingWords, type SaveState } from "./saving.ts";
import styles from "./working.module.css";

type QuestionProps = {
  readonly mark: QuestionMark;
  readonly total: number;
  readonly sectionTitle: string;
  readonly response: Response | null;
  readonly saveState: SaveState;
  readonly isDurable: boolean;
  /** Another page writes: the question can be read. */
  readonly isReadOnly?: boolean;
  readonly onAnswer: (response: Response | null) => void;
  /** The field was left: what is typed can be saved now. */
  readonly onRest: () => void;
  readonly onFlag: (flagged: boolean) => void;
  /** Null where there is none. */
  readonly onPrevious: (() => void) | null;
  readonly onNext: (() => void) | null;
  readonly onHandIn: () => void;
};

/** One question with its field, its flag and the ways on. */
export function Question(props: QuestionProps) {
  const {
    mark,
    total,
    sectionTitle,
    response,
    saveState,
    isDurable,
    isReadOnly = false,
    onAnswer,
    onRest,
    onFlag,
    onPrevious,
    onNext,
    onHandIn,
  } = props;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: false }), []);
  const promptId = `prompt-${mark.item.id}`;

  return (
    <article className={styles["question"]}>
      <div className={styles["question-head"]}>
        <div>
          <p className={styles["section-title"]}>{sectionTitle}</p>
          <h1 ref={heading} tabIndex={-1} className={styles["question-title"]}>
            Question {mark.number} of {total}
          </h1>
        </div>
        {isReadOnly ? null : (
          <Button
            variant="default"
            size="compact-md"
            aria-pressed={mark.isFlagged}
            onClick={() => onFlag(!mark.isFlagged)}
          >
            <span aria-hidden>{mark.isFlagged ? "⚑" : "⚐"}&nbsp;</span>
            {mark.isFlagged ? "Flagged" : "Flag for later"}
          </Button>
        )}
      </div>
      <div id={promptId} className={styles["prompt"]}>
        {mark.item.prompt.split(/\n\s*\n/).map((paragraph) => (
          <p key={paragraph}>{paragraph}</p>
        ))}
      </div>
      <fieldset disabled={isReadOnly} className={styles["field"]}>
        <ItemField item={mark.item} response={response} labelledBy={promptId} onAnswer={onAnswer} onRest={onRest} />
      </fieldset>
      <div className={styles["under"]}>
        <Text size="sm" c="dimmed" component="span">
          {count(mark.item.points, "point")} ·{" "}
          <span data-testid="question-saving">{questionSavingWords(saveState, isDurable)}</span>
        </Text>
        {mark.isAnswered && !isReadOnly ? (
          <Button variant="subtle" size="compact-sm" onClick={() => onAnswer(null)}>
            Clear my answer
          </Button>
        ) : null}
      </div>
      <div className={styles["ways"]}>
        <Button variant="default" size="md" disabled={onPrevious === null} onClick={onPrevious ?? undefined}>
          Previous
        </Button>
        {onNext === null && !isReadOnly ? (
          <Button size="md" onClick={onHandIn}>
            Look over and hand in …
          </Button>
        ) : (
          <Button size="md" disabled={onNext === null} onClick={onNext ?? undefined}>
            Next
          </Button>
        )}
      </div>
    </article>
  );
}
