import { Button } from "@mantine/core";
import { useEffect, useState } from "react";
import type { MessageView } from "#domain/attempt/view.ts";
import { useStore } from "../session/store.ts";
import { announce } from "../ui/announcer.tsx";
import type { AttemptSession } from "./attempt-session.ts";
import type { AttemptState } from "./attempt-state.ts";
import { ExamClock } from "./exam-clock.tsx";
import { overallSaving, savingOf, savingWords } from "./saving.ts";
import { TakeBreak } from "./take-break.tsx";
import { TimeDetails } from "./time-details.tsx";
import styles from "./working.module.css";

type WorkingBarProps = {
  readonly session: AttemptSession;
  readonly state: AttemptState;
  readonly isTalking: boolean;
  readonly onTalk: () => void;
  /** Null while it is not possible. */
  readonly onHandIn: (() => void) | null;
};

/** What is always in sight: whether everything is saved, the time, the proctor, and the way out. */
export function WorkingBar({ session, state, isTalking, onTalk, onHandIn }: WorkingBarProps) {
  const unread = useUnread(session, isTalking);
  const saving = overallSaving(savingOf(state));
  return (
    <div className={styles["bar"]}>
      <span className={styles[`save-${saving.state}`]} data-testid="saving">
        {savingWords(saving.state, saving.count, state.isDurable)}
      </span>
      <ExamClock session={session} time={state.view?.time ?? null} />
      {state.view === null ? null : <TimeDetails view={state.view} />}
      {state.view?.status !== "open" || state.view.breaks === null || state.isTimeUp ? null : (
        <TakeBreak session={session} breaks={state.view.breaks} />
      )}
      <Button variant="default" size="compact-md" aria-expanded={isTalking} onClick={onTalk}>
        Messages{unread > 0 ? ` (${unread} new)` : ""}
      </Button>
      {onHandIn === null ? null : (
        <Button size="compact-md" onClick={onHandIn}>
          Hand in …
        </Button>
      )}
    </div>
  );
}

/** How many messages came while the panel was closed. Each is also said to people who listen. */
function useUnread(session: AttemptSession, isOpen: boolean): number {
  const messages = useStore(session.store, (state) => state.view?.messages ?? noMessages);
  const received = messages.filter(({ from, kind }) => from !== "candidate" && kind === "message");
  const newest = received.at(-1)?.seq ?? 0;
  const [readUpTo, setReadUpTo] = useState(newest);
  // Whatever is there while the panel is open has been read.
  if (isOpen && readUpTo < newest) setReadUpTo(newest);
  useSayNew(session);
  return received.filter(({ seq }) => seq > readUpTo).length;
}

function useSayNew(session: AttemptSession): void {
  useEffect(() => {
    let saidUpTo = newestFrom(session)?.seq ?? 0;
    return session.store.subscribe(() => {
      const newest = newestFrom(session);
      if (newest === null || newest.seq <= saidUpTo) return;
      saidUpTo = newest.seq;
      announce(`Message from the proctor: ${newest.text}`);
    });
  }, [session]);
}

const noMessages: readonly MessageView[] = [];

function newestFrom(session: AttemptSession): MessageView | null {
  const messages = session.store.get().view?.messages ?? noMessages;
  return messages.findLast(({ from, kind }) => from !== "candidate" && kind === "message") ?? null;
}
