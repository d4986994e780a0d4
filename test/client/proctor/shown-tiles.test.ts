import { describe, expect, test } from "vitest";
import { countBy, filters, shownTiles, type TileFilter } from "#client/proctor/shown-tiles.ts";
import { nobodyLooked } from "#client/proctor/tile-attention.ts";
import { minutes, nine } from "#test/domain/attempt/given.ts";
import { asked, shownStatuses, tileOf } from "./tiles.ts";

const now = nine + minutes(10);
const oneInEach = shownStatuses.map((status) => tileOf(status, status));

function names(filter: TileFilter, search = ""): readonly string[] {
  return shownTiles(oneInEach, { filter, order: "name", search }, nobodyLooked, now).map(({ view }) => view.name);
}

describe("the tiles that are shown", () => {
  test.each<readonly [TileFilter, readonly string[]]>([
    ["all", shownStatuses.toSorted((one, other) => one.localeCompare(other))],
    ["waiting", ["waiting"]],
    ["open", ["open", "paused"]],
    ["attention", ["waiting"]],
    ["finished", ["handed-in", "terminated"]],
  ])("of %s are those in that situation", (filter, expected) => {
    expect(names(filter)).toEqual(expected);
  });

  test("are counted as they are shown", () => {
    for (const { value } of filters) expect(countBy(oneInEach, value, nobodyLooked, now)).toBe(names(value).length);
  });

  test("have the wanted words in the name, whatever their case and the spaces around", () => {
    const tiles = ["Ada Lindqvist", "Grace Mbeki"].map((name) => tileOf(name, "open"));
    const found = shownTiles(tiles, { filter: "all", order: "name", search: "  LIND " }, nobodyLooked, now);
    expect(found.map(({ view }) => view.name)).toEqual(["Ada Lindqvist"]);
  });

  test("stand in the order that was chosen", () => {
    const tiles = [tileOf("Ada", "open"), tileOf("Bo", "open", { later: [asked] })];
    const inOrder = (order: "attention" | "name") =>
      shownTiles(tiles, { filter: "all", order, search: "" }, nobodyLooked, now).map(({ view }) => view.name);
    expect(inOrder("attention")).toEqual(["Bo", "Ada"]);
    expect(inOrder("name")).toEqual(["Ada", "Bo"]);
  });
});
