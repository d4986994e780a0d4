import type { Draft } from "#domain/exam/draft-fault.ts";
import type { Section } from "#domain/exam/exam-version.ts";
import type { Item, ItemKind, Option } from "#domain/exam/item.ts";
import type { ItemId, SectionId } from "#domain/exam/ids.ts";

/** Makes an id that nothing else has. */
export type NewId = () => string;

/** An item or a section that was removed, with its place, so that it can be put back. */
export type Removed =
  | { readonly kind: "item"; readonly sectionId: SectionId; readonly index: number; readonly item: Item }
  | { readonly kind: "section"; readonly index: number; readonly section: Section };

export function emptyDraft(title: string, newId: NewId): Draft {
  return {
    title,
    instructions: "",
    durationMs: 60 * 60 * 1000,
    sections: [{ id: newId() as SectionId, title: "Questions", items: [] }],
    policy: "standard",
  };
}

/** A new item with nothing written in it yet; it cannot be saved until its author has. */
export function newItem(kind: ItemKind, newId: NewId): Item {
  const common = { id: newId() as ItemId, prompt: "", points: 1, category: null };
  const options: readonly Option[] = [
    { id: "a", text: "" },
    { id: "b", text: "" },
  ];
  switch (kind) {
    case "single-choice":
      return { kind, ...common, options, key: "" };
    case "multiple-choice":
      return { kind, ...common, options, key: [], partialCredit: false };
    case "number":
      return { kind, ...common, unit: null, key: { value: Number.NaN, tolerance: 0 } };
    case "short-text":
      return { kind, ...common, key: { accepted: [], caseSensitive: false } };
  }
}

/** The first id of `a`, `b`, … `z`, `a1`, … that no option of the item has. */
export function freeOptionId(options: readonly Option[]): string {
  const taken = new Set(options.map(({ id }) => id));
  for (let round = 0; ; round += 1) {
    for (const letter of "abcdefghijklmnopqrstuvwxyz") {
      const id = round === 0 ? letter : `${letter}${round}`;
      if (!taken.has(id)) return id;
    }
  }
}

export function changeSection(draft: Draft, id: SectionId, change: (section: Section) => Section): Draft {
  return { ...draft, sections: draft.sections.map((section) => (section.id === id ? change(section) : section)) };
}

/** The section with this limit in minutes, or with none. */
export function withLimit({ timeLimitMs: _before, ...section }: Section, minutes: number | null): Section {
  return minutes === null ? section : { ...section, timeLimitMs: minutes * 60_000 };
}

export function replaceItem(draft: Draft, item: Item): Draft {
  return everyItems(draft, (items) => items.map((one) => (one.id === item.id ? item : one)));
}

export function addItem(draft: Draft, sectionId: SectionId, item: Item): Draft {
  return changeSection(draft, sectionId, (section) => withItems(section, [...section.items, item]));
}

/** The copy stands after the original and has an id of its own. Without such an item nothing changes. */
export function duplicateItem(draft: Draft, id: ItemId, newId: NewId): Draft {
  return everyItems(draft, (items) =>
    items.flatMap((item) => (item.id === id ? [item, { ...item, id: newId() as ItemId }] : [item])),
  );
}

/** One place up (-1) or down (+1); from the edge of its section into the neighbouring one, and nowhere from the exam's ends. */
export function moveItem(draft: Draft, id: ItemId, by: -1 | 1): Draft {
  const from = draft.sections.findIndex(({ items }) => items.some((item) => item.id === id));
  const section = draft.sections[from];
  const index = section?.items.findIndex((item) => item.id === id) ?? -1;
  const item = section?.items[index];
  if (section === undefined || item === undefined) return draft;
  const without = withItems(section, section.items.toSpliced(index, 1));
  const isWithin = index + by >= 0 && index + by < section.items.length;
  if (isWithin) {
    const moved = withItems(section, without.items.toSpliced(index + by, 0, item));
    return { ...draft, sections: draft.sections.with(from, moved) };
  }
  const neighbour = draft.sections[from + by];
  if (neighbour === undefined) return draft;
  const joined = withItems(neighbour, by === 1 ? [item, ...neighbour.items] : [...neighbour.items, item]);
  return { ...draft, sections: draft.sections.with(from, without).with(from + by, joined) };
}

export function moveSection(draft: Draft, id: SectionId, by: -1 | 1): Draft {
  const index = draft.sections.findIndex((section) => section.id === id);
  const section = draft.sections[index];
  const place = index + by;
  if (section === undefined || place < 0 || place >= draft.sections.length) return draft;
  return { ...draft, sections: draft.sections.toSpliced(index, 1).toSpliced(place, 0, section) };
}

export function removeItem(draft: Draft, id: ItemId): { readonly draft: Draft; readonly removed: Removed | null } {
  for (const section of draft.sections) {
    const index = section.items.findIndex((item) => item.id === id);
    const item = section.items[index];
    if (item === undefined) continue;
    const without = changeSection(draft, section.id, (one) => withItems(one, one.items.toSpliced(index, 1)));
    return { draft: without, removed: { kind: "item", sectionId: section.id, index, item } };
  }
  return { draft, removed: null };
}

export function removeSection(
  draft: Draft,
  id: SectionId,
): { readonly draft: Draft; readonly removed: Removed | null } {
  const index = draft.sections.findIndex((section) => section.id === id);
  const section = draft.sections[index];
  if (section === undefined) return { draft, removed: null };
  return {
    draft: { ...draft, sections: draft.sections.toSpliced(index, 1) },
    removed: { kind: "section", index, section },
  };
}

/** Puts it back where it was; an item whose section is gone meanwhile goes to the exam's last section. */
export function putBack(draft: Draft, removed: Removed): Draft {
  if (removed.kind === "section") {
    return { ...draft, sections: draft.sections.toSpliced(removed.index, 0, removed.section) };
  }
  const section = draft.sections.find(({ id }) => id === removed.sectionId) ?? draft.sections.at(-1);
  if (section === undefined) return draft;
  return changeSection(draft, section.id, (one) => withItems(one, one.items.toSpliced(removed.index, 0, removed.item)));
}

function everyItems(draft: Draft, change: (items: readonly Item[]) => readonly Item[]): Draft {
  return { ...draft, sections: draft.sections.map((section) => withItems(section, change(section.items))) };
}

function withItems(section: Section, items: readonly Item[]): Section {
  return { ...section, items };
}
