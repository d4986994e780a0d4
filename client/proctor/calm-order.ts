import { useEffect, useMemo, useRef, useState } from "react";
import type { AttemptId } from "#domain/exam/ids.ts";
import type { Tile } from "#protocol/session/down.ts";

/** How long the order is held after the last movement or key in the grid (ms): long enough to read a tile and choose. */
const holdMs = 20_000;

/**
 * The tiles in the order that is held, each as it is now. What does not fit any more stays until the hold ends, and what
 * came meanwhile is at the end, so that no tile moves.
 */
export function inHeldOrder(
  held: readonly AttemptId[],
  wanted: readonly Tile[],
  all: ReadonlyMap<AttemptId, Tile>,
): readonly Tile[] {
  const stay = held.map((id) => all.get(id)).filter((tile) => tile !== undefined);
  const here = new Set(held);
  return [...stay, ...wanted.filter(({ attemptId }) => !here.has(attemptId))];
}

export function isSameOrder(one: readonly Tile[], other: readonly Tile[]): boolean {
  return one.length === other.length && one.every(({ attemptId }, index) => attemptId === other[index]?.attemptId);
}

/**
 * Holds the order of the tiles while the proctor works with them, so that none moves away under the pointer. `choice` is
 * what the proctor chose to see: another choice is shown at once.
 */
export function useCalmOrder(wanted: readonly Tile[], all: ReadonlyMap<AttemptId, Tile>, choice: string) {
  const [held, setHeld] = useState<{ readonly ids: readonly AttemptId[]; readonly choice: string } | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const shown = useMemo(
    () => (held === null || held.choice !== choice ? wanted : inHeldOrder(held.ids, wanted, all)),
    [held, choice, wanted, all],
  );
  useEffect(() => () => clearTimeout(timer.current), []);

  function release(): void {
    clearTimeout(timer.current);
    setHeld(null);
  }

  function hold(): void {
    clearTimeout(timer.current);
    timer.current = setTimeout(release, holdMs);
    setHeld((before) =>
      before?.choice === choice ? before : { ids: shown.map(({ attemptId }) => attemptId), choice },
    );
  }

  return { shown, isBehind: shown !== wanted && !isSameOrder(shown, wanted), hold, release };
}
