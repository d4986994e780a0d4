import { VisuallyHidden } from "@mantine/core";
import { type ReactNode, useCallback, useEffect, useMemo, useState } from "react";
import type { ProctorCommand } from "#domain/attempt/command.ts";
import type { AttemptId, ExamSessionId } from "#domain/exam/ids.ts";
import type { Tile } from "#protocol/session/down.ts";
import { createReceiver } from "../media/receiver.ts";
import { useStore } from "../session/store.ts";
import { PageFrame } from "../ui/page-frame.tsx";
import { useAnnouncedEvents } from "./announced-events.ts";
import { CandidateGrid } from "./candidate-grid.tsx";
import { CandidatePanel } from "./candidate-panel.tsx";
import { ConsoleNotices, type Refused } from "./console-notices.tsx";
import { type ConsoleSession, createConsole } from "./console-session.ts";
import { EventFeed } from "./event-feed.tsx";
import classes from "./proctor.module.css";
import { ServerTime } from "./told-time.tsx";

type ConsolePageProps = {
  readonly examSessionId: ExamSessionId;
  /** What stands at the header's end: who is signed in. */
  readonly account: ReactNode;
};

/** The live console of one exam session. */
export function ConsolePage({ examSessionId, account }: ConsolePageProps) {
  const session = useMemo(() => createConsole(examSessionId), [examSessionId]);
  useEffect(() => session.open(), [session]);
  return <LiveConsole key={examSessionId} session={session} examSessionId={examSessionId} account={account} />;
}

type LiveConsoleProps = ConsolePageProps & { readonly session: ConsoleSession };

function LiveConsole({ session, examSessionId, account }: LiveConsoleProps) {
  const title = useStore(session.room, (room) => room.title);
  const receiver = useMemo(() => createReceiver({ examSessionId }), [examSessionId]);
  const isClosed = useStore(session.phase, (phase) => phase.kind === "closed");
  // Pictures end with the right to see them: what flows already would go on.
  useEffect(() => (isClosed ? undefined : receiver.start()), [receiver, isClosed]);
  const [openId, setOpenId] = useState<AttemptId | null>(null);
  const [refused, setRefused] = useState<readonly Refused[]>([]);
  useAnnouncedEvents(session);

  const give = useCallback(
    async ({ attemptId, view }: Tile, command: ProctorCommand): Promise<void> => {
      const outcome = await session.command(attemptId, command);
      if (outcome.accepted) return;
      const { refusal } = outcome;
      setRefused((before) => [...before, { id: crypto.randomUUID(), name: view.name, act: command.type, refusal }]);
    },
    [session],
  );
  const onCommand = useCallback((tile: Tile, command: ProctorCommand) => void give(tile, command), [give]);
  const close = useCallback(() => {
    setOpenId(null);
    if (openId !== null) focusTile(openId);
  }, [openId]);
  const show = useCallback((id: AttemptId | null) => (id === null ? close() : setOpenId(id)), [close]);

  const open = useStore(session.room, (room) => (openId === null ? undefined : room.tiles.get(openId)));
  return (
    <PageFrame title={title ?? "Console"} wide aside={<Aside session={session}>{account}</Aside>}>
      <VisuallyHidden>
        <h1>{title ?? "Connecting…"}</h1>
      </VisuallyHidden>
      <ConsoleNotices
        session={session}
        refused={refused}
        onClose={(id) => setRefused((before) => before.filter((each) => each.id !== id))}
      />
      <div className={classes["console"]} data-open={open !== undefined}>
        <CandidateGrid session={session} receiver={receiver} openId={openId} onOpen={show} onCommand={onCommand} />
        {/* While a candidate is open, what happens elsewhere is below: nothing is hidden by looking at somebody. */}
        <div className={classes["side"]}>
          {open === undefined ? null : (
            <CandidatePanel
              key={open.attemptId}
              tile={open}
              session={session}
              receiver={receiver}
              onCommand={onCommand}
              onClose={close}
            />
          )}
          <EventFeed session={session} onOpen={show} />
        </div>
      </div>
    </PageFrame>
  );
}

/** Back to where the proctor was; to the grid when the tile is not shown now. */
function focusTile(attemptId: AttemptId): void {
  const tile = document.querySelector<HTMLElement>(`button[data-attempt="${CSS.escape(attemptId)}"]`);
  (tile ?? document.getElementById("main"))?.focus();
}

function Aside({ session, children }: { readonly session: ConsoleSession; readonly children: ReactNode }) {
  return (
    <>
      <ServerTime now={session.now} />
      {children}
    </>
  );
}
