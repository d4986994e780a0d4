import { Button, Text, Title } from "@mantine/core";
import { useState } from "react";
import { can } from "#domain/access/permission.ts";
import { type Hold, reviewStateOf } from "#domain/attempt/review.ts";
import type { AttemptRecord } from "#protocol/http/review.ts";
import { useMe } from "../sign-in/me.ts";
import { formatMoment } from "../ui/format-moment.ts";
import { DecideForm } from "./decide-form.tsx";
import { HoldDialog } from "./hold-dialog.tsx";
import { deciderWords, openWords, verdictWords } from "./hold-words.ts";
import { violationsOf } from "./noted-violation.ts";
import styles from "./review.module.css";
import { ViolationEntry } from "./violation-entry.tsx";

/** Whether the result waits for people: why, what they decided so far, and the way to decide or to hold it. */
export function HoldPanel({ record }: { readonly record: AttemptRecord }) {
  const me = useMe();
  const mayDecide = can(me, "decide-reviews");
  const { hold } = record;
  const isOver = record.status === "handed-in" || record.status === "terminated";
  if (hold === null)
    return isOver && mayDecide ? <HoldAgain record={record} label="Hold this result for review …" /> : null;
  const isHeld = reviewStateOf(hold) === "held";
  return (
    <section className={styles["hold"]} data-held={isHeld} aria-labelledby="hold-title">
      <Title order={2} size="h3" id="hold-title">
        {isHeld ? "Held for review" : "Reviewed"}
      </Title>
      {hold.outcome === null ? null : (
        <Text fw={600}>
          {verdictWords[hold.outcome.verdict]}: {hold.outcome.reason}
        </Text>
      )}
      <Text>
        {deciderWords(hold.by)} held this result on {formatMoment(hold.at)}. The candidate reads why: “{hold.why}”
      </Text>
      <HeldFor record={record} hold={hold} />
      <Decisions hold={hold} />
      {isHeld ? <Open record={record} hold={hold} mayDecide={mayDecide} /> : null}
      {!isHeld && mayDecide ? <HoldAgain record={record} label="Hold it again, for an appeal …" /> : null}
    </section>
  );
}

/** The violation for which the policy held it. */
function HeldFor({ record, hold }: { readonly record: AttemptRecord; readonly hold: Hold }) {
  const violation = violationsOf(record.events).find(({ seq }) => seq === hold.violation);
  return violation === undefined ? null : <ViolationEntry violation={violation} onGoTo={null} />;
}

function Decisions({ hold }: { readonly hold: Hold }) {
  if (hold.decisions.length === 0) return null;
  return (
    <div>
      <Title order={3} size="h5">
        Decisions
      </Title>
      <ul className={styles["decisions"]}>
        {hold.decisions.map(({ by, at, verdict, reason }) => (
          <li key={at}>
            <strong>{verdictWords[verdict]}</strong>, {deciderWords(by)} on {formatMoment(at)}: {reason}
          </li>
        ))}
      </ul>
    </div>
  );
}

type OpenProps = { readonly record: AttemptRecord; readonly hold: Hold; readonly mayDecide: boolean };

function Open({ record, hold, mayDecide }: OpenProps) {
  const { memberId } = useMe();
  const hasDecided = hold.decisions.some(({ by }) => by.kind === "proctor" && by.memberId === memberId);
  return (
    <>
      <Text>
        {openWords(hold, hasDecided)}
        {mayDecide ? "" : " Your role reads this, and does not decide."}
      </Text>
      {mayDecide && !hasDecided ? <DecideForm record={record} hold={hold} /> : null}
    </>
  );
}

function HoldAgain({ record, label }: { readonly record: AttemptRecord; readonly label: string }) {
  const [isAsking, setIsAsking] = useState(false);
  return (
    <div>
      <Button variant="default" size="xs" onClick={() => setIsAsking(true)}>
        {label}
      </Button>
      {isAsking ? <HoldDialog record={record} onClose={() => setIsAsking(false)} /> : null}
    </div>
  );
}
