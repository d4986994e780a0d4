import type { EpochMs } from "#domain/integrity/signal.ts";
import type { Tile } from "#protocol/session/down.ts";
import { attentionOfTile, byAttention, byName, isCalling, type Looked } from "./tile-attention.ts";

export const filters = [
  { value: "all", label: "All" },
  { value: "waiting", label: "Waiting" },
  { value: "open", label: "In the exam" },
  { value: "attention", label: "Need you" },
  { value: "finished", label: "Finished" },
] as const;

export type TileFilter = (typeof filters)[number]["value"];
export type Order = "attention" | "name";
export type Choice = { readonly filter: TileFilter; readonly order: Order; readonly search: string };

function fits(tile: Tile, filter: TileFilter, looked: Looked, now: EpochMs): boolean {
  const { status } = tile.view;
  switch (filter) {
    case "all":
      return true;
    case "waiting":
      return status === "waiting";
    case "open":
      return status === "open" || status === "paused";
    case "attention":
      return isCalling(attentionOfTile(tile, looked.get(tile.attemptId) ?? null, now));
    case "finished":
      return status === "handed-in" || status === "terminated";
  }
}

/** The tiles that the proctor wants to see, in the order wanted. */
export function shownTiles(
  tiles: readonly Tile[],
  { filter, order, search }: Choice,
  looked: Looked,
  now: EpochMs,
): readonly Tile[] {
  const wanted = search.trim().toLocaleLowerCase();
  return tiles
    .filter((tile) => fits(tile, filter, looked, now) && tile.view.name.toLocaleLowerCase().includes(wanted))
    .toSorted(order === "attention" ? byAttention(looked, now) : byName);
}

export function countBy(tiles: readonly Tile[], filter: TileFilter, looked: Looked, now: EpochMs): number {
  return tiles.filter((tile) => fits(tile, filter, looked, now)).length;
}
