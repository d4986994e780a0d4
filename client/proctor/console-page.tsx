import { VisuallyHidden } from "@mantine/core";
import { type ReactNode, useCallback, useEffect, useState } from "react";
import type { ProctorCommand } from "#domain/attempt/command.ts";
import type { AttemptId } from "#domain/exam/ids.ts";
import type { Tile } from "#protocol/session/down.ts";
import { useStore } from "../session/store.ts";
import { PageFrame } from "../ui/page-frame.tsx";
import { useAnnouncedEvents } from "./announced-events.ts";
import { CandidateGrid } from "./candidate-grid.tsx";
import { CandidatePanel } from "./candidate-panel.tsx";
import { ConsoleNotices, type Refused } from "./console-notices.tsx";
import { EventFeed } from "./event-feed.tsx";
import { useLooked } from "./looked.ts";
import classes from "./proctor.module.css";
import { createSittingConsole, type SittingConsole, type WatchedRoom } from "./room-lines.ts";
import { useRoomNames } from "./room-names.ts";
import { ServerTime } from "./told-time.tsx";

type ConsolePageProps = {
  /** The rooms that are watched as one list. */
  readonly rooms: readonly WatchedRoom[];
  /** What stands at the header's end: who is signed in. */
  readonly account: ReactNode;
};

/** The live console of one exam session, or of several rooms of a sitting. */
export function ConsolePage({ rooms, account }: ConsolePageProps) {
  const [session] = useState(createSittingConsole);
  useEffect(() => session.follow(rooms), [session, rooms]);
  useEffect(() => () => session.follow([]), [session]);
  const [only] = rooms;
  const title = useStore(session.rooms, (merged) => merged.title);
  const [openId, setOpenId] = useState<AttemptId | null>(null);
  const [refused, setRefused] = useState<readonly Refused[]>([]);
  const roomOf = useRoomNames(session);
  const { pictures } = session;
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

  const { looked, whyOf } = useLooked(session, openId);
  const open = useStore(session.rooms, ({ tiles }) => (openId === null ? undefined : tiles.get(openId)));
  const heading = [title, rooms.length === 1 ? only?.name : `${rooms.length} rooms`].filter(Boolean).join(", ");
  return (
    <PageFrame title={title === null ? "Console" : heading} wide aside={<Aside session={session}>{account}</Aside>}>
      <VisuallyHidden>
        <h1>{title === null ? "Connecting…" : heading}</h1>
      </VisuallyHidden>
      <ConsoleNotices
        session={session}
        refused={refused}
        onClose={(id) => setRefused((before) => before.filter((each) => each.id !== id))}
      />
      <div className={classes["console"]} data-open={open !== undefined}>
        <CandidateGrid
          session={session}
          receiver={pictures}
          openId={openId}
          looked={looked}
          onOpen={show}
          onCommand={onCommand}
        />
        {/* While a candidate is open, what happens elsewhere is below: nothing is hidden by looking at somebody. */}
        <div className={classes["side"]}>
          {open === undefined ? null : (
            <CandidatePanel
              key={open.attemptId}
              tile={open}
              room={roomOf(open.attemptId)}
              session={session}
              receiver={pictures}
              why={whyOf(open)}
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

function Aside({ session, children }: { readonly session: SittingConsole; readonly children: ReactNode }) {
  return (
    <>
      <ServerTime now={session.now} />
      {children}
    </>
  );
}
