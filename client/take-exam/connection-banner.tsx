import { Button } from "@mantine/core";
import { useEffect, useRef } from "react";
import { useStore } from "../session/store.ts";
import { announce } from "../ui/announcer.tsx";
import type { AttemptSession } from "./attempt-session.ts";
import { keptCount, savingOf, savingWords } from "./saving.ts";
import styles from "./take-exam.module.css";

/** Says when the line is down, that nothing is lost by it, and when it is back. */
export function ConnectionBanner({ session }: { readonly session: AttemptSession }) {
  const phase = useStore(session.store, (state) => state.phase);
  const isDurable = useStore(session.store, (state) => state.isDurable);
  const kept = useStore(session.store, (state) => keptCount(savingOf(state)));
  const isOver = useStore(session.store, (state) => (state.view?.closing ?? null) !== null);
  const isLost = phase.kind === "retrying";
  const wasLost = useRef(false);
  useEffect(() => {
    if (isLost && !wasLost.current) announce("The connection is lost. Go on: your answers are kept here.");
    if (!isLost && wasLost.current && phase.kind === "online") announce("The connection is back.");
    if (isLost || phase.kind === "online") wasLost.current = isLost;
  }, [isLost, phase]);
  if (!isLost) return null;
  return (
    <div className={`${styles["banner"]} ${styles["caution"]}`} data-testid="connection-lost">
      <span>
        <strong>The connection is lost.</strong>{" "}
        {isOver ? "What is not sent yet is kept " : "Go on working: what you do is kept "}
        {isDurable && !isOver ? "on this computer" : "on this page, so keep it open,"} and sent when the connection is
        back, which is tried again by itself.
        {kept === 0 ? null : <strong data-testid="not-sent"> {savingWords("kept", kept, isDurable)}.</strong>}
      </span>
      <Button variant="default" size="compact-sm" onClick={() => session.reconnect()}>
        Try now
      </Button>
    </div>
  );
}
