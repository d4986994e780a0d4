import { Button, Title } from "@mantine/core";
import { useEffect, useState } from "react";
import { useStore } from "../session/store.ts";
import { announce } from "../ui/announcer.tsx";
import type { AttemptSession } from "./attempt-session.ts";
import { enterFullScreen, useIsFullScreen } from "./full-screen.ts";
import { latestNotice, noticingRows, noticingSummary } from "./noticing-words.ts";
import styles from "./noticing.module.css";

type NoticingProps = { readonly session: AttemptSession };

/** What the page notices, to be opened at any time. It says what, and accuses nobody. */
export function Noticing({ session }: NoticingProps) {
  const view = useStore(session.store, (state) => state.view);
  const states = useStore(session.store, (state) => state.sensors);
  const [isOpen, setIsOpen] = useState(false);
  const isFullScreen = useIsFullScreen();
  if (view === null) return null;
  const isMissed = view.lookedFor.includes("full-screen-left") && !view.exceptions.includes("may-leave-full-screen");
  const summary = noticingSummary(view.sensors, states);
  return (
    <div className={styles["noticing"]}>
      <div className={styles["row"]}>
        <Button
          variant="subtle"
          size="compact-sm"
          aria-expanded={isOpen}
          aria-controls="noticing-panel"
          onClick={() => setIsOpen(!isOpen)}
        >
          What this page notices: <span aria-hidden>&nbsp;{summary.sign}&nbsp;</span> {summary.words}
        </Button>
        {isMissed && !isFullScreen ? (
          <Button variant="default" size="compact-sm" onClick={() => void enterFullScreen()}>
            Go back to full screen
          </Button>
        ) : null}
      </div>
      {isOpen ? (
        <section id="noticing-panel" className={styles["panel"]} aria-labelledby="noticing-title">
          <Title order={2} size="h5" id="noticing-title">
            What this page notices
          </Title>
          <p>
            It looks on your own computer whether the rules below are kept, and tells a proctor in plain words what it
            noticed. It judges nothing: people decide.
          </p>
          <ul>
            {noticingRows(view.sensors, view.lookedFor, states).map(({ sensor, looksAt, rules, sign, state }) => (
              <li key={sensor} data-testid={`sensor-${sensor}`}>
                <span className={styles["looks"]}>
                  <strong>{looksAt}</strong>
                  <span className={styles["rules"]}>{rules}</span>
                </span>
                <span className={styles["state"]}>
                  <span aria-hidden>{sign}</span> {state}
                </span>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </div>
  );
}

/** What was noted since the page was opened: said once when the listener is idle, and in sight until it was read. */
export function NoticeLine({ session }: NoticingProps) {
  const messages = useStore(session.store, (state) => state.view?.messages);
  const [readUpTo, setReadUpTo] = useState(() => messages?.at(-1)?.seq ?? 0);
  const notice = latestNotice(messages ?? [], readUpTo);
  const text = notice?.text ?? null;
  const seq = notice?.seq ?? null;
  useEffect(() => {
    if (seq !== null && text !== null) announce(text);
  }, [text, seq]);
  if (notice === null) return null;
  return (
    <div className={styles["line"]} data-testid="noticed">
      <span>
        {notice.text} <span className={styles["calm"]}>It was noted for the proctor. Your exam goes on.</span>
      </span>
      <Button variant="default" size="compact-sm" onClick={() => setReadUpTo(notice.seq)}>
        All right
      </Button>
    </div>
  );
}
