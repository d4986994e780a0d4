import { Button } from "@mantine/core";
import type { PaperItem } from "#domain/exam/paper.ts";
import type { Response } from "#domain/exam/response.ts";
import type { AttemptSession } from "./attempt-session.ts";
import type { AttemptState } from "./attempt-state.ts";
import styles from "./take-exam.module.css";
import { stillUnsent, type UnsentAnswer } from "./unsent-answer.ts";

type UnsentAnswersProps = { readonly session: AttemptSession; readonly state: AttemptState };

/**
 * Answers that were made on this page before another one wrote, and that the session does not have. Where this page may
 * write, the candidate says what becomes of them.
 */
export function UnsentAnswers({ session, state }: UnsentAnswersProps) {
  const { view, isReading } = state;
  if (view === null) return null;
  const made = [...(isReading ? heldBack(state) : []), ...state.unsent];
  const items = view.paper?.sections.flatMap((section) => section.items) ?? [];

  function leave({ itemId }: UnsentAnswer): void {
    session.store.update((all) => ({ ...all, unsent: all.unsent.filter((answer) => answer.itemId !== itemId) }));
  }

  return stillUnsent(made, view.answers).map((answer) => {
    const item = items.find(({ id }) => id === answer.itemId);
    return (
      <div key={answer.itemId} className={`${styles["banner"]} ${styles["caution"]}`} data-testid="unsent">
        <span>
          <strong>Not sent from here:</strong> {item === undefined ? "an answer" : `“${item.prompt}”`}:{" "}
          {item === undefined ? "" : responseText(item, answer.response)}
        </span>
        {isReading ? null : (
          <span>
            <Button
              variant="default"
              size="compact-sm"
              onClick={() => {
                leave(answer);
                session.answer(answer.itemId, answer.response);
              }}
            >
              Use this answer
            </Button>{" "}
            <Button variant="subtle" size="compact-sm" onClick={() => leave(answer)}>
              Leave the saved one
            </Button>
          </span>
        )}
      </div>
    );
  });
}

function heldBack({ waiting }: AttemptState): readonly UnsentAnswer[] {
  return waiting.flatMap((command) =>
    command.type === "saveAnswer" ? [{ itemId: command.itemId, response: command.response, at: null }] : [],
  );
}

function responseText(item: PaperItem, response: Response | null): string {
  if (response === null) return "no answer";
  if (response.kind === "number" || response.kind === "short-text") return response.text;
  const chosen: readonly string[] = response.kind === "single-choice" ? [response.option] : response.options;
  const options = item.kind === "single-choice" || item.kind === "multiple-choice" ? item.options : [];
  return options
    .filter(({ id }) => chosen.includes(id))
    .map(({ text }) => text)
    .join(", ");
}
