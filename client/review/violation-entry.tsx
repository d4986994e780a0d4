import type { ReactNode } from "react";
import type { EpochMs } from "#domain/integrity/signal.ts";
import { SeverityBadge } from "../proctor/severity-badge.tsx";
import { signalWords } from "../ui/fact-sentence.ts";
import { formatTime } from "../ui/format-moment.ts";
import { confidenceWords, followedWords, lengthWords, type ReviewedViolation } from "./noted-violation.ts";
import styles from "./review.module.css";

type ViolationEntryProps = {
  readonly violation: ReviewedViolation;
  /** Leads the pictures to a moment; null where there are none. */
  readonly onGoTo: ((moment: EpochMs) => void) | null;
  /** What was kept of the moment. */
  readonly children?: ReactNode;
};

/** One violation with all that is to be known of it: rule, observation, length, confidence, what followed, what was told. */
export function ViolationEntry({ violation, onGoTo, children }: ViolationEntryProps) {
  const { kind, from, severity, rule, reason, confidence, followed, told } = violation;
  const time = formatTime(from);
  return (
    <article className={styles["violation"]} aria-label={`${time}: ${signalWords(kind)}`}>
      <header className={styles["violationHead"]}>
        {onGoTo === null ? (
          <span className={styles["when"]}>{time}</span>
        ) : (
          <button type="button" className={styles["momentLink"]} onClick={() => onGoTo(from)}>
            {time}
          </button>
        )}
        <SeverityBadge severity={severity} />
        <strong>{reason}</strong>
      </header>
      <dl className={styles["facts"]}>
        <Fact name="Rule">{rule ?? "The exam was published before rules had words."}</Fact>
        <Fact name="How long">{lengthWords(violation)}</Fact>
        <Fact name="Confidence">{confidenceWords(confidence)}</Fact>
        <Fact name="What followed">{followedWords[followed]}</Fact>
        <Fact name="Candidate was told">{told === undefined ? "Nothing" : `“${told}”`}</Fact>
      </dl>
      {children}
    </article>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
