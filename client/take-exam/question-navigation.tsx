import { useState } from "react";
import type { ItemId } from "#domain/exam/ids.ts";
import type { AttemptSession } from "./attempt-session.ts";
import { markWords, questionCount, type QuestionMark, type SectionMarks } from "./question-marks.ts";
import { useStore } from "../session/store.ts";
import { ReceiptLink } from "./receipt-link.tsx";
import { SectionDoor } from "./section-door.tsx";
import styles from "./working.module.css";

type QuestionNavigationProps = {
  readonly session: AttemptSession;
  readonly sections: readonly SectionMarks[];
  readonly answered: number;
  readonly onGo: (itemId: ItemId) => void;
  readonly isReadOnly?: boolean;
};

/** All questions at a glance. A mark is a sign and a shape before it is a colour. */
export function QuestionNavigation({ session, sections, answered, onGo, isReadOnly = false }: QuestionNavigationProps) {
  const receipt = useStore(session.store, (state) => state.receipt);
  // At a high zoom the question comes first, and the list is one click away.
  const [hasRoom] = useState(() => window.matchMedia("(min-width: 60rem)").matches);
  return (
    <nav aria-label="Questions" className={styles["navigation"]}>
      <details open={hasRoom} className={styles["fold"]}>
        <summary>
          Questions: {answered} of {questionCount(sections)} answered
        </summary>
        {sections.map((section) => (
          <div key={section.id} className={styles["section"]}>
            <p className={styles["section-title"]}>{section.title}</p>
            {isReadOnly ? null : <SectionDoor session={session} section={section} />}
            <ol className={styles["marks"]}>
              {section.marks.map((mark) => (
                <li key={mark.item.id}>
                  <button
                    type="button"
                    className={classesOf(mark)}
                    aria-label={markWords(mark)}
                    aria-current={mark.isCurrent ? "true" : undefined}
                    onClick={() => onGo(mark.item.id)}
                  >
                    {mark.number}
                    {mark.isAnswered ? (
                      <span className={styles["tick"]} aria-hidden>
                        ✓
                      </span>
                    ) : null}
                    {mark.isFlagged ? (
                      <span className={styles["flag"]} aria-hidden>
                        ⚑
                      </span>
                    ) : null}
                  </button>
                </li>
              ))}
            </ol>
          </div>
        ))}
        <p className={styles["legend"]} aria-hidden>
          <span>✓ answered</span> <span>⚑ flagged</span> <span>▢ here now: thick frame</span>
        </p>
        {receipt === null ? null : (
          <p>
            <ReceiptLink receipt={receipt} label="Download your latest receipt" size="compact-sm" />
          </p>
        )}
      </details>
    </nav>
  );
}

function classesOf({ isAnswered, isCurrent }: QuestionMark): string {
  return [styles["mark"], isAnswered ? styles["answered"] : null, isCurrent ? styles["current"] : null]
    .filter((name) => name !== null)
    .join(" ");
}
