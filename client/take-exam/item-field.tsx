import type { PaperItem } from "#domain/exam/paper.ts";
import { maxResponseTextLength, type Response } from "#domain/exam/response.ts";
import { TextLine } from "./text-line.tsx";
import styles from "./working.module.css";

type ItemFieldProps = {
  readonly item: PaperItem;
  readonly response: Response | null;
  /** The element that holds the question's words. */
  readonly labelledBy: string;
  readonly onAnswer: (response: Response | null) => void;
  readonly onRest: () => void;
};

/** Where the candidate answers: one field for each kind of item. */
export function ItemField({ item, response, labelledBy, onAnswer, onRest }: ItemFieldProps) {
  switch (item.kind) {
    case "single-choice": {
      const marked = response?.kind === "single-choice" ? response.option : null;
      return (
        <div role="radiogroup" aria-labelledby={labelledBy} className={styles["options"]}>
          {item.options.map(({ id, text }) => (
            <label key={id} className={styles["option"]}>
              <input
                type="radio"
                name={item.id}
                checked={marked === id}
                onChange={() => onAnswer({ kind: "single-choice", option: id })}
              />
              <span>{text}</span>
            </label>
          ))}
        </div>
      );
    }
    case "multiple-choice": {
      const marked = response?.kind === "multiple-choice" ? response.options : [];
      return (
        <fieldset aria-labelledby={labelledBy} className={styles["options"]}>
          <p className={styles["hint"]}>Mark all that are right.</p>
          {item.options.map(({ id, text }) => (
            <label key={id} className={styles["option"]}>
              <input
                type="checkbox"
                checked={marked.includes(id)}
                onChange={(event) =>
                  onAnswer({
                    kind: "multiple-choice",
                    // In the order of the paper, so that the same marks are the same answer.
                    options: item.options
                      .map((option) => option.id)
                      .filter((option) => (option === id ? event.currentTarget.checked : marked.includes(option))),
                  })
                }
              />
              <span>{text}</span>
            </label>
          ))}
        </fieldset>
      );
    }
    case "number":
    case "short-text": {
      const text = response?.kind === item.kind ? response.text : "";
      const unit = item.kind === "number" ? item.unit : null;
      return (
        <div className={item.kind === "number" ? styles["number"] : styles["text"]}>
          <TextLine
            labelledBy={labelledBy}
            hint={item.kind === "number" ? numberHint(unit) : "A word or a short phrase."}
            inputMode={item.kind === "number" ? "decimal" : "text"}
            value={text}
            maxLength={maxResponseTextLength}
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            onChange={(event) => onAnswer({ kind: item.kind, text: event.currentTarget.value })}
            onBlur={onRest}
          />
          {unit === null ? null : <span className={styles["unit"]}>{unit}</span>}
        </div>
      );
    }
  }
}

function numberHint(unit: string | null): string {
  return unit === null ? "A number, for example 12.5." : `A number, for example 12.5. The unit (${unit}) is given.`;
}
