import { Button, Group, NativeSelect, SegmentedControl, TextInput } from "@mantine/core";
import { type KeyboardEvent, useCallback, useMemo, useRef, useState } from "react";
import type { AttemptId } from "#domain/exam/ids.ts";
import { useStore } from "../session/store.ts";
import { EmptyState } from "../ui/empty-state.tsx";
import { AddTimeToMany } from "./add-time-to-many.tsx";
import { AdmitAll } from "./admit-all.tsx";
import { useCalmOrder } from "./calm-order.ts";
import { CandidateTile } from "./candidate-tile.tsx";
import { useChoosing } from "./choosing.ts";
import { nextTile } from "./grid-keys.ts";
import type { Give } from "./interventions.tsx";
import classes from "./proctor.module.css";
import type { SittingConsole } from "./room-lines.ts";
import { useRoomNames } from "./room-names.ts";
import type { Pictures } from "./seat.ts";
import { countBy, filters, type Order, shownTiles, type TileFilter } from "./shown-tiles.ts";
import type { Looked } from "./tile-attention.ts";

type Props = {
  readonly session: SittingConsole;
  readonly receiver: Pictures;
  readonly openId: AttemptId | null;
  /** When each candidate was last open here. */
  readonly looked: Looked;
  readonly onOpen: (attemptId: AttemptId | null) => void;
  readonly onCommand: Give;
};

/** How often (ms) the order is made anew when nothing happens: a violation fades with time. */
const orderEveryMs = 5_000;

/** Everybody at a glance: what is wanted of the tiles, and the tiles. */
export function CandidateGrid({ session, receiver, openId, looked, onOpen, onCommand }: Props) {
  const all = useStore(session.rooms, (rooms) => rooms.tiles);
  const places = useStore(session.rooms, (rooms) => rooms.places);
  const isWelcome = useStore(session.rooms, (rooms) => rooms.title !== null);
  const lines = useStore(session.lines, (each) => each);
  const roomOf = useRoomNames(session);
  const now = useStore(session.now, (moment) => Math.floor(moment / orderEveryMs) * orderEveryMs);
  const [filter, setFilter] = useState<TileFilter>("all");
  const [order, setOrder] = useState<Order>("attention");
  const [search, setSearch] = useState("");
  const [room, setRoom] = useState("");
  const [stop, setStop] = useState<AttemptId | null>(null);
  const list = useRef<HTMLUListElement>(null);

  const tiles = useMemo(
    () => [...all.values()].filter(({ attemptId }) => room === "" || places.get(attemptId) === room),
    [all, places, room],
  );
  const wanted = useMemo(
    () => shownTiles(tiles, { filter, order, search }, looked, now),
    [tiles, filter, order, search, looked, now],
  );
  const { shown, isBehind, hold, release } = useCalmOrder(wanted, all, `${filter} ${order} ${search} ${room}`);
  const ids = useMemo(() => shown.map(({ attemptId }) => attemptId), [shown]);
  const { choosing, setChoosing, onPick } = useChoosing(ids, onOpen);
  const move = useCallback(
    (event: KeyboardEvent<HTMLElement>) => {
      if (event.key === "Escape") {
        setChoosing(null);
        onOpen(null);
      }
      const next = nextTile(event.currentTarget, event.key);
      if (next === null) return;
      event.preventDefault(); // the page would scroll as well
      next.focus();
    },
    [onOpen, setChoosing],
  );
  const stopId = shown.some(({ attemptId }) => attemptId === stop) ? stop : shown[0]?.attemptId;

  return (
    <section aria-label="Candidates">
      <Group gap="xs" mb="xs" align="end">
        <SegmentedControl
          size="xs"
          aria-label="Which candidates"
          value={filter}
          onChange={(value) => setFilter(value)}
          data={filters.map(({ value, label }) => ({ value, label: `${label} ${countBy(tiles, value, looked, now)}` }))}
        />
        <SegmentedControl
          size="xs"
          aria-label="Order"
          value={order}
          onChange={(value) => setOrder(value)}
          data={[
            { value: "attention", label: "By need" },
            { value: "name", label: "By name" },
          ]}
        />
        <TextInput
          size="xs"
          w="9rem"
          type="search"
          aria-label="Search a name"
          placeholder="Search a name"
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        {lines.length < 2 ? null : (
          <NativeSelect
            size="xs"
            aria-label="Which rooms"
            value={room}
            data={[
              { value: "", label: "All rooms" },
              ...lines.map(({ examSessionId, name }) => ({ value: examSessionId, label: name ?? examSessionId })),
            ]}
            onChange={(event) => setRoom(event.currentTarget.value)}
          />
        )}
        <AdmitAll tiles={tiles} onCommand={onCommand} />
        <AddTimeToMany choosing={choosing} onChoose={setChoosing} tiles={tiles} shown={shown} onCommand={onCommand} />
      </Group>
      {shown.length === 0 && isWelcome ? (
        <EmptyState title={tiles.length === 0 ? "Nobody is registered yet" : "Nobody fits"}>
          {tiles.length === 0
            ? "Candidates appear here as soon as they are added to the sitting."
            : "Choose “All” and clear the search to see everybody."}
        </EmptyState>
      ) : (
        <div
          onPointerMove={hold}
          onPointerLeave={release}
          onWheel={hold}
          onKeyDown={hold}
          onFocus={hold}
          role="presentation"
        >
          <ul
            className={classes["grid"]}
            ref={list}
            tabIndex={-1}
            aria-label="Candidates, arrow keys move between them"
          >
            {shown.map((tile) => (
              <CandidateTile
                key={tile.attemptId}
                tile={tile}
                now={session.now}
                isCurrent={tile.attemptId === openId}
                lookedAt={looked.get(tile.attemptId) ?? null}
                isStop={tile.attemptId === stopId}
                room={roomOf(tile.attemptId)}
                isChosen={choosing === null ? null : choosing.chosen.has(tile.attemptId)}
                receiver={receiver}
                onPick={onPick}
                onMove={move}
                onStop={setStop}
              />
            ))}
          </ul>
          {isBehind ? (
            <div className={classes["behind"]} role="status">
              The order has changed.{" "}
              <Button
                size="compact-xs"
                onClick={() => {
                  release();
                  list.current?.focus();
                }}
              >
                Show it
              </Button>
            </div>
          ) : null}
        </div>
      )}
    </section>
  );
}
