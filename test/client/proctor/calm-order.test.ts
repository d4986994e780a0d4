import { describe, expect, test } from "vitest";
import { inHeldOrder, isSameOrder } from "#client/proctor/calm-order.ts";
import type { Tile } from "#protocol/session/down.ts";
import { tileOf } from "./tiles.ts";

const ada = tileOf("Ada", "open");
const bo = tileOf("Bo", "open");
const cy = tileOf("Cy", "open");

function roomOf(...tiles: readonly Tile[]): ReadonlyMap<Tile["attemptId"], Tile> {
  return new Map(tiles.map((tile) => [tile.attemptId, tile]));
}

describe("while the order is held", () => {
  const held = [ada.attemptId, bo.attemptId];

  test("a tile that should go first stays in its place, as it is now", () => {
    const waiting = tileOf("Bo", "waiting");
    expect(inHeldOrder(held, [waiting, ada], roomOf(ada, waiting))).toEqual([ada, waiting]);
  });

  test("a tile that does not fit any more leaves no gap yet", () => {
    expect(inHeldOrder(held, [bo], roomOf(ada, bo))).toEqual([ada, bo]);
  });

  test("who came meanwhile is at the end", () => {
    expect(inHeldOrder(held, [cy, ada, bo], roomOf(ada, bo, cy))).toEqual([ada, bo, cy]);
  });

  test("who is in the room no more is not shown", () => {
    expect(inHeldOrder(held, [bo], roomOf(bo))).toEqual([bo]);
  });
});

test("an order is the same when the same candidates stand in the same places, however they are now", () => {
  expect(isSameOrder([ada, bo], [tileOf("Ada", "paused"), bo])).toBe(true);
  expect(isSameOrder([ada, bo], [bo, ada])).toBe(false);
  expect(isSameOrder([ada], [ada, bo])).toBe(false);
  expect(isSameOrder([ada, bo], [ada])).toBe(false);
});
