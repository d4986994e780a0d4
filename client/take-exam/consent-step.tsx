import { Button, Text, Title } from "@mantine/core";
import { useState } from "react";
import type { ConsentText } from "#domain/exam/consent-text.ts";
import type { CheckedIn } from "#protocol/http/sit.ts";
import { formatMoment } from "../ui/format-moment.ts";
import { AddToCalendar, calendarEventOf } from "./add-to-calendar.tsx";
import type { AttemptSession } from "./attempt-session.ts";
import { consentHash } from "./consent-hash.ts";
import styles from "./take-exam.module.css";
import { StepHeading } from "./step-heading.tsx";

type ConsentStepProps = {
  readonly session: AttemptSession;
  readonly text: ConsentText;
  readonly sitting: CheckedIn;
};

/** What will be collected and why. What is hashed is what is shown: both come from the text that the session sent. */
export function ConsentStep({ session, text, sitting }: ConsentStepProps) {
  const { opensAt } = sitting;
  const isEarly = (session.clock.serverNow() ?? opensAt) < opensAt;
  const [agrees, setAgrees] = useState(false);
  const [isSending, setIsSending] = useState(false);

  async function consent(): Promise<void> {
    setIsSending(true);
    await session.submit({ type: "giveConsent", textSha256: await consentHash(text) });
    setIsSending(false);
  }

  return (
    <>
      <StepHeading>{text.title}</StepHeading>
      <Text mb="lg">
        This exam is watched by a person. Read what is collected and why. Nothing is collected before you agree.
      </Text>
      <div className={styles["points"]}>
        {text.points.map(({ heading, text: body }) => (
          <section key={heading} className={styles["point"]}>
            <Title order={2} size="h5" mb={4}>
              {heading}
            </Title>
            <Text size="sm">{body}</Text>
          </section>
        ))}
      </div>
      {/* The browser's own: the only one on the candidate's way, where each script that is not loaded is time. */}
      <label className={styles["agree"]}>
        <input type="checkbox" checked={agrees} onChange={(event) => setAgrees(event.currentTarget.checked)} />
        <span>I have read this and agree to it</span>
      </label>
      <Button mt="md" size="md" disabled={!agrees} loading={isSending} onClick={() => void consent()}>
        Agree and go on
      </Button>
      <Text mt="md" size="sm" c="dimmed">
        {isEarly ? (
          <>
            Your exam begins at the earliest on {formatMoment(opensAt)}. <a href="/check">Check this computer</a>{" "}
            before, without agreeing to anything.{" "}
          </>
        ) : null}
        If you do not agree, close this page and write to your institution. Nothing has been recorded.
      </Text>
      {isEarly ? <AddToCalendar event={calendarEventOf(sitting)} /> : null}
    </>
  );
}
