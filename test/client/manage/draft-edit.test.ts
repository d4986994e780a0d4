import { describe, expect, test } from "vitest";
import {
  addItem,
  duplicateItem,
  emptyDraft,
  freeOptionId,
  moveItem,
  moveSection,
  newItem,
  putBack,
  removeItem,
  removeSection,
} from "#client/manage/draft-edit.ts";
import { brand, type ItemId, type SectionId } from "#domain/exam/ids.ts";
import type { Draft } from "#domain/exam/draft-fault.ts";

function ids(...names: string[]): () => string {
  return () => names.shift() ?? "more";
}
const section = brand<SectionId>;
const item = brand<ItemId>;

/** Two sections: one with a, b, c, the other with d. */
function draft(): Draft {
  const first = emptyDraft("Navigation", ids("one"));
  const two: Draft = { ...first, sections: [...first.sections, { id: section("two"), title: "More", items: [] }] };
  const filled = ["a", "b", "c"].reduce((sum, id) => addItem(sum, section("one"), newItem("number", ids(id))), two);
  return addItem(filled, section("two"), newItem("short-text", ids("d")));
}

function order({ sections }: Draft): string {
  return sections.map(({ items }) => items.map(({ id }) => id).join("")).join("|");
}

describe("moving a question", () => {
  test.each([
    ["a", 1, "bac|d"],
    ["c", -1, "acb|d"],
    ["c", 1, "ab|cd"],
    ["d", -1, "abcd|"],
    ["a", -1, "abc|d"],
    ["d", 1, "abc|d"],
    ["nobody", 1, "abc|d"],
  ] as const)("%s by %i gives %s", (id, by, expected) => {
    expect(order(moveItem(draft(), item(id), by))).toBe(expected);
  });
});

describe("removing", () => {
  test.each(["a", "b", "c", "d"])("question %s can be taken back", (id) => {
    const before = draft();
    const { draft: without, removed } = removeItem(before, item(id));
    expect(order(without)).not.toContain(id);
    if (removed === null) throw new Error("it was there");
    expect(putBack(without, removed)).toEqual(before);
  });

  test("a section and all in it can be taken back", () => {
    const before = draft();
    const { draft: without, removed } = removeSection(before, section("one"));
    expect(order(without)).toBe("d");
    if (removed === null) throw new Error("it was there");
    expect(putBack(without, removed)).toEqual(before);
  });

  test("a question whose section is gone meanwhile comes back into the last one", () => {
    const { draft: without, removed } = removeItem(draft(), item("b"));
    if (removed === null) throw new Error("it was there");
    expect(order(putBack(removeSection(without, section("one")).draft, removed))).toBe("db");
  });
});

test("a copy stands after its original with an id of its own", () => {
  expect(order(duplicateItem(draft(), item("b"), ids("B")))).toBe("abBc|d");
});

test("sections change places, and not beyond the ends", () => {
  expect(order(moveSection(draft(), section("two"), -1))).toBe("d|abc");
  expect(order(moveSection(draft(), section("one"), -1))).toBe("abc|d");
});

test("a new option gets an id that none has", () => {
  const letters = Array.from("abcdefghijklmnopqrstuvwxyz").map((id) => ({ id, text: "" }));
  expect(freeOptionId([])).toBe("a");
  expect(freeOptionId(letters.filter(({ id }) => id !== "c"))).toBe("c");
  expect(freeOptionId(letters)).toBe("a1");
});
