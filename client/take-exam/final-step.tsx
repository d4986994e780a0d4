import { Text, Title } from "@mantine/core";
import { useEffect } from "react";
import type { Closing, ReviewView } from "#domain/attempt/view.ts";
import { useStore } from "../session/store.ts";
import { announce } from "../ui/announcer.tsx";
import { count } from "../ui/format-duration.ts";
import { formatMoment } from "../ui/format-moment.ts";
import { refusalWords } from "../ui/refusal-words.ts";
import type { AttemptSession } from "./attempt-session.ts";
import { arrivalWords, closingWords, reviewWords } from "./closing-words.ts";
import { leaveFullScreen } from "./full-screen.ts";
import { overallSaving, savingOf } from "./saving.ts";
import { ReceiptLink } from "./receipt-link.tsx";
import { StepHeading } from "./step-heading.tsx";
import styles from "./take-exam.module.css";
import type { Uploads } from "./uploads.ts";

type FinalStepProps = {
  readonly session: AttemptSession;
  readonly uploads: Uploads;
  readonly closing: Closing;
};

/** The end: how it ended, what is still being sent, and the receipt. */
export function FinalStep({ session, uploads, closing }: FinalStepProps) {
  const receipt = useStore(session.store, (state) => state.receipt);
  const isReading = useStore(session.store, (state) => state.isReading);
  const notTaken = useStore(session.store, (state) => state.notTaken);
  const unsent = useStore(session.store, (state) => overallSaving({ ...savingOf(state), notTaken: [] }).count);
  const late = useStore(session.store, (state) => state.view?.late.length ?? 0);
  const kept = useStore(session.store, (state) => new Set(state.view?.kept.map(({ itemId }) => itemId)).size);
  const review = useStore(session.store, (state) => state.view?.review ?? null);
  const { title, text } = closingWords(closing);
  useEffect(() => void leaveFullScreen(), []);
  const refused = notTaken[0];

  return (
    <>
      <div className={styles["calm"]}>
        <StepHeading>{title}</StepHeading>
        <Text>{text}</Text>
        <Text mt="xs" c="dimmed" size="sm">
          {formatMoment(closing.at)}
        </Text>
        {review === null ? null : <Reviewed review={review} />}
        <Arrivals unsent={unsent} late={late} kept={kept} />
        {refused === undefined ? null : (
          <div className={styles["advice"]} role="alert">
            <strong>{count(notTaken.length, "answer")} came too late to be taken.</strong>
            <p>
              {refusalWords(refused.refusal)} If the connection was down before the end, tell your institution: the log
              shows it.
            </p>
          </div>
        )}
        <UploadsLeft uploads={uploads} />
      </div>
      <section className={styles["below"]}>
        <Title order={2} size="h4">
          Your receipt
        </Title>
        {receipt === null ? (
          <Text mt="xs">
            {isReading
              ? "It is in the tab or window in which you wrote. Load this page again to have it here, too."
              : "There is no receipt on this computer: it holds one from your first saved answer on."}
          </Text>
        ) : (
          <Receipt receipt={receipt} />
        )}
      </section>
    </>
  );
}

/** What is held and why, and the outcome; said aloud when it comes while the page is open. */
function Reviewed({ review }: { readonly review: ReviewView }) {
  const { title, text } = reviewWords(review);
  useEffect(() => announce(title), [title]);
  return (
    <div className={styles["advice"]} data-testid="review">
      <strong>{title}</strong>
      <p>{text}</p>
    </div>
  );
}

/** What became of answers that were still on this computer when the exam ended. */
function Arrivals({ unsent, late, kept }: { readonly unsent: number; readonly late: number; readonly kept: number }) {
  const lines = arrivalWords({ unsent, late, kept });
  const said = lines.join(" ");
  useEffect(() => {
    if (said !== "") announce(said);
  }, [said]);
  if (lines.length === 0) return null;
  return (
    <div className={styles["advice"]} data-testid="arrivals">
      {lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
    </div>
  );
}

function Receipt({ receipt }: { readonly receipt: string }) {
  return (
    <>
      <Text mt="xs">
        This is a signed checkpoint: your institution's system states with its signature what had arrived of your exam,
        in order, up to this point. Keep it. If anything in it were changed later, it would no longer fit this receipt,
        and anyone can check that.
      </Text>
      <pre className={styles["receipt"]} data-testid="receipt">
        {receipt}
      </pre>
      <ReceiptLink receipt={receipt} label="Download the receipt" />
    </>
  );
}

function UploadsLeft({ uploads }: { readonly uploads: Uploads }) {
  const { isKnown, waiting, failed } = useStore(uploads.store, (state) => state);
  // A recording that could not be looked at is not called complete.
  const hasMore = waiting > 0 || failed !== null;
  useEffect(() => {
    if (!hasMore) return;
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [hasMore]);

  if (!isKnown) return null;
  if (!hasMore) return <Text mt="sm">Your recording is complete. You can close this page.</Text>;
  return (
    <div className={styles["advice"]}>
      <output data-testid="uploads">
        <strong>
          {waiting > 0
            ? `Sending the last of your recording: ${waiting} left, keep this page open.`
            : "It is not yet known whether all of your recording was sent. Keep this page open."}
        </strong>
      </output>
      {failed === null ? null : <p>It did not work just now and is tried again by itself: {failed}</p>}
    </div>
  );
}
