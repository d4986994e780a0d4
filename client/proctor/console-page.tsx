import { Alert, Badge, Button, Group, Modal, SegmentedControl, Text, TextInput, VisuallyHidden } from "@mantine/core";
import { type KeyboardEvent, type ReactNode, useCallback, useEffect, useMemo, useState } from "react";
import type { ProctorCommand } from "#domain/attempt/command.ts";
import type { AttemptId, ExamSessionId } from "#domain/exam/ids.ts";
import type { Tile } from "#protocol/session/down.ts";
import { createReceiver } from "../media/receiver.ts";
import { useStore } from "../session/store.ts";
import { announce } from "../ui/announcer.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { formatTime } from "../ui/format-moment.ts";
import { PageFrame } from "../ui/page-frame.tsx";
import { refusalWords } from "../ui/refusal-words.ts";
import { CandidatePanel } from "./candidate-panel.tsx";
import { CandidateTile } from "./candidate-tile.tsx";
import { type ConsoleSession, createConsole } from "./console-session.ts";
import { EventFeed } from "./event-feed.tsx";
import { nextTile } from "./grid-keys.ts";
import classes from "./proctor.module.css";
import { useServerNow } from "./session-clock.ts";
import { countBy, filters, type Order, shownTiles, type TileFilter } from "./shown-tiles.ts";

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
  const room = useStore(session.room, (state) => state);
  const now = useServerNow(session.serverNow);
  const receiver = useMemo(() => createReceiver({ examSessionId }), [examSessionId]);
  const isClosed = useStore(session.phase, (phase) => phase.kind === "closed");
  // Pictures end with the right to see them: what flows already would go on.
  useEffect(() => (isClosed ? undefined : receiver.start()), [receiver, isClosed]);
  const [openId, setOpenId] = useState<AttemptId | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useAnnouncedViolations(session);

  const command = useCallback(
    async (attemptId: AttemptId, given: ProctorCommand): Promise<void> => {
      const outcome = await session.command(attemptId, given);
      setProblem(outcome.accepted ? null : refusalWords(outcome.refusal));
    },
    [session],
  );

  const open = openId === null ? undefined : room.tiles.get(openId);
  const tiles = useMemo(() => [...room.tiles.values()], [room.tiles]);
  return (
    <PageFrame title={room.title ?? "Console"} wide aside={<Aside time={formatTime(now)}>{account}</Aside>}>
      <VisuallyHidden>
        <h1>{room.title ?? "Connecting…"}</h1>
      </VisuallyHidden>
      <ConnectionNotice session={session} />
      {problem === null ? null : (
        <Alert
          color="yellow"
          withCloseButton
          closeButtonLabel="Close"
          onClose={() => setProblem(null)}
          mb="xs"
          role="alert"
        >
          {problem}
        </Alert>
      )}
      <div className={classes["console"]} data-open={open !== undefined}>
        <div>
          <Grid tiles={tiles} now={now} receiver={receiver} openId={openId} onOpen={setOpenId} onCommand={command} />
          {open === undefined ? null : (
            <div className={classes["below"]}>
              <EventFeed entries={room.feed} onOpen={setOpenId} />
            </div>
          )}
        </div>
        {open === undefined ? (
          <aside className={classes["side"]} aria-label="Events">
            <EventFeed entries={room.feed} onOpen={setOpenId} />
          </aside>
        ) : (
          <CandidatePanel
            key={open.attemptId}
            tile={open}
            feed={room.feed.filter(({ attemptId }) => attemptId === open.attemptId)}
            now={now}
            receiver={receiver}
            onCommand={(given) => void command(open.attemptId, given)}
            onClose={() => setOpenId(null)}
          />
        )}
      </div>
    </PageFrame>
  );
}

function Aside({ time, children }: { readonly time: string; readonly children: ReactNode }) {
  return (
    <Group gap="md">
      <Text size="sm" component="span" className={classes["clock"]}>
        Server time {time}
      </Text>
      {children}
    </Group>
  );
}

/** Says that the console itself is cut off, and that the candidates are not. */
function ConnectionNotice({ session }: { readonly session: ConsoleSession }) {
  const phase = useStore(session.phase, (state) => state);
  if (phase.kind === "online" || phase.kind === "connecting") return null;
  if (phase.kind === "retrying") {
    return (
      <Alert color="yellow" title="The console is reconnecting" mb="xs" role="status">
        Candidates are not affected. You will see everything that happens meanwhile.
      </Alert>
    );
  }
  const why =
    phase.why === "not-allowed"
      ? "You are not, or no longer, assigned to this exam session. Ask an administrator, or sign in again."
      : "The server did not understand this page. Load it again.";
  return (
    <Alert color="red" title="The console was closed" mb="xs" role="alert">
      <Text size="sm">{why}</Text>
      <Button mt="xs" size="xs" variant="default" onClick={() => window.location.reload()}>
        Load the page again
      </Button>
    </Alert>
  );
}

type GridProps = {
  readonly tiles: readonly Tile[];
  readonly now: number;
  readonly receiver: ReturnType<typeof createReceiver>;
  readonly openId: AttemptId | null;
  readonly onOpen: (attemptId: AttemptId | null) => void;
  readonly onCommand: (attemptId: AttemptId, command: ProctorCommand) => Promise<void>;
};

function Grid({ tiles, now, receiver, openId, onOpen, onCommand }: GridProps) {
  const [filter, setFilter] = useState<TileFilter>("all");
  const [order, setOrder] = useState<Order>("attention");
  const [search, setSearch] = useState("");
  const shown = shownTiles(tiles, { filter, order, search }, now);
  const move = useCallback(
    (event: KeyboardEvent<HTMLElement>) => {
      if (event.key === "Escape") onOpen(null);
      nextTile(event.currentTarget, event.key)?.focus();
    },
    [onOpen],
  );
  return (
    <section aria-label="Candidates">
      <Group gap="xs" mb="xs" align="end">
        <SegmentedControl
          size="xs"
          aria-label="Which candidates"
          value={filter}
          onChange={(value) => setFilter(value)}
          data={filters.map(({ value, label }) => ({ value, label: `${label} (${countBy(tiles, value, now)})` }))}
        />
        <SegmentedControl
          size="xs"
          aria-label="Order"
          value={order}
          onChange={(value) => setOrder(value)}
          data={[
            { value: "attention", label: "Who needs you first" },
            { value: "name", label: "By name" },
          ]}
        />
        <TextInput
          size="xs"
          aria-label="Search a name"
          placeholder="Search a name"
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        <AdmitAll tiles={tiles} onCommand={onCommand} />
      </Group>
      {shown.length === 0 ? (
        <EmptyState title={tiles.length === 0 ? "Nobody is registered yet" : "Nobody fits this filter"}>
          {tiles.length === 0
            ? "Candidates appear here as soon as they are added to the sitting."
            : "Choose “All” or clear the search to see everybody."}
        </EmptyState>
      ) : (
        <ul className={classes["grid"]}>
          {shown.map((tile) => (
            <CandidateTile
              key={tile.attemptId}
              tile={tile}
              now={now}
              isCurrent={tile.attemptId === openId}
              receiver={receiver}
              onOpen={onOpen}
              onMove={move}
            />
          ))}
        </ul>
      )}
    </section>
  );
}

type AdmitAllProps = Pick<GridProps, "tiles" | "onCommand">;

function AdmitAll({ tiles, onCommand }: AdmitAllProps) {
  const waiting = tiles.filter(({ view }) => view.status === "waiting");
  const [isAsking, setAsking] = useState(false);
  if (waiting.length === 0) return null;
  const admit = (): void => {
    for (const { attemptId } of waiting) void onCommand(attemptId, { type: "admit" });
    setAsking(false);
  };
  return (
    <>
      <Button size="xs" onClick={() => setAsking(true)}>
        Admit all waiting{" "}
        <Badge ml={6} size="sm" color="gray" variant="white">
          {waiting.length}
        </Badge>
      </Button>
      <Modal opened={isAsking} onClose={() => setAsking(false)} title={`Admit ${waiting.length} candidates?`}>
        <Text size="sm" mb="md">
          {waiting.map(({ view }) => view.name).join(", ")}
        </Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={() => setAsking(false)}>
            Cancel
          </Button>
          <Button onClick={admit}>Admit all</Button>
        </Group>
      </Modal>
    </>
  );
}

/** Says each new violation of weight to people who listen to the page; what was there at the welcome is not said. */
function useAnnouncedViolations(session: ConsoleSession): void {
  useEffect(() => {
    let said: number | null = null;
    return session.room.subscribe(() => {
      const { feed, position } = session.room.get();
      const fresh = said === null ? [] : feed.filter((entry) => entry.position > (said ?? 0));
      said = position;
      for (const { name, fact } of fresh.toReversed()) {
        if (fact.type !== "violationNoted") continue;
        const { severity, reason } = fact.violation;
        if (severity === "high" || severity === "critical") announce(`${name}: ${reason}`);
      }
    });
  }, [session]);
}
