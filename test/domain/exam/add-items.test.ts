import { describe, expect, it } from "vitest";
import { addItems, largestDraft, mostItemsInSection, type NewItem } from "#domain/exam/add-items.ts";
import type { Draft } from "#domain/exam/draft-fault.ts";
import { brand, type ItemId, type SectionId } from "#domain/exam/ids.ts";
import type { Item } from "#domain/exam/item.ts";

const first = brand<SectionId>("first");
const second = brand<SectionId>("second");

function item(id: string, change: Partial<Item> = {}): Item {
  const common = { id: brand<ItemId>(id), prompt: "How long is a metre?", points: 1, category: null, unit: null };
  return { kind: "number", ...common, key: { value: 100, tolerance: 0 }, ...change } as Item;
}

function draft(...inFirst: readonly Item[]): Draft {
  const sections = [
    { id: first, title: "First", items: inFirst },
    { id: second, title: "Second", items: [] },
  ];
  return { title: "T", instructions: "", durationMs: 60_000, sections, policy: "standard" } as unknown as Draft;
}

function rows(count: number, sectionId = first, change: Partial<Item> = {}): readonly NewItem[] {
  return Array.from({ length: count }, (_, at) => ({
    row: at + 1,
    sectionId,
    item: item(`${sectionId}-${at}`, change),
  }));
}

const idsOf = ({ sections }: Draft) => sections.map(({ items }) => items.map(({ id }) => id));

describe("items that are added to a draft", () => {
  it("[K37] stand at the ends of their sections, in their order", () => {
    const newcomers = [
      { row: 1, sectionId: second, item: item("c") },
      { row: 2, sectionId: first, item: item("b") },
      { row: 3, sectionId: second, item: item("d") },
    ];
    const { draft: after, refused } = addItems(draft(item("a")), newcomers);
    expect(idsOf(after)).toEqual([
      ["a", "b"],
      ["c", "d"],
    ]);
    expect(refused).toEqual([]);
  });

  it("[K37] fill a section and no more; those that are over are refused each, and other sections take theirs", () => {
    const { draft: after, refused } = addItems(draft(item("a")), [
      ...rows(mostItemsInSection + 1),
      { row: 500, sectionId: second, item: item("b") },
    ]);
    expect(idsOf(after).map(({ length }) => length)).toEqual([mostItemsInSection, 1]);
    expect(refused).toEqual([
      { row: mostItemsInSection, why: "section-full" },
      { row: mostItemsInSection + 1, why: "section-full" },
    ]);
  });

  it("[K37] have ids that no other has, sections that there are, and could be published", () => {
    const { refused, added } = addItems(draft(item("a")), [
      { row: 1, sectionId: second, item: item("a") },
      { row: 2, sectionId: first, item: item("b") },
      { row: 3, sectionId: first, item: item("b") },
      { row: 4, sectionId: brand<SectionId>("none"), item: item("c") },
      { row: 5, sectionId: first, item: item("d", { points: 0.001 }) },
      { row: 6, sectionId: first, item: item("d") },
    ]);
    expect(added.map(({ row }) => row)).toEqual([2, 6]);
    expect(refused).toEqual([
      { row: 1, why: "id-taken" },
      { row: 3, why: "id-taken" },
      { row: 4, why: "no-such-section" },
      { row: 5, why: { path: "points", reason: "points have at most two decimals" } },
    ]);
  });

  it("[K37] make no draft larger than can be saved, counted in bytes", () => {
    const prompt = "é".repeat(4_000);
    const { draft: after, refused } = addItems(draft(), rows(150, first, { prompt }));
    const bytes = new TextEncoder().encode(JSON.stringify(after)).length;
    expect(bytes).toBeLessThanOrEqual(largestDraft);
    expect(bytes).toBeGreaterThan(largestDraft - 8_500);
    expect(refused.every(({ why }) => why === "draft-full")).toBe(true);
    expect(refused.length).toBeGreaterThan(20);
  });
});
