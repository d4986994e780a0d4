import { encodeUtf8 } from "../evidence/utf8.ts";
import { type Draft, type DraftFault, itemFaults } from "./draft-fault.ts";
import type { ItemId, SectionId } from "./ids.ts";
import type { Item } from "./item.ts";

export const mostItemsInSection = 200;

/** In bytes of JSON: a draft is saved whole in one request, and such a request is not larger than 1 MB. */
export const largestDraft = 950_000;

/** An item with the section that it goes into; `row` is where it stands among those that came with it. */
export type NewItem = { readonly row: number; readonly sectionId: SectionId; readonly item: Item };

export type NotAdded =
  | "no-such-section"
  | "section-full"
  | "id-taken"
  | "draft-full"
  /** It could not be published. */
  | DraftFault;

type Added = {
  readonly draft: Draft;
  readonly added: readonly NewItem[];
  readonly refused: readonly { readonly row: number; readonly why: NotAdded }[];
};

/** The draft with these items at the ends of their sections, in their order, and which of them it cannot take. [K37] */
export function addItems(draft: Draft, newcomers: readonly NewItem[]): Added {
  const room = new Map(draft.sections.map(({ id, items }) => [id, mostItemsInSection - items.length]));
  const ids = new Set<ItemId>(draft.sections.flatMap(({ items }) => items.map(({ id }) => id)));
  let bytes = bytesOf(draft);
  const added: NewItem[] = [];
  const refused: { row: number; why: NotAdded }[] = [];

  function whyNot({ sectionId, item }: NewItem): NotAdded | null {
    const left = room.get(sectionId);
    if (left === undefined) return "no-such-section";
    if (ids.has(item.id)) return "id-taken";
    const [fault] = itemFaults(item);
    if (fault !== undefined) return fault;
    if (left <= 0) return "section-full";
    return bytes + bytesOf(item) + 1 > largestDraft ? "draft-full" : null;
  }

  for (const newcomer of newcomers) {
    const why = whyNot(newcomer);
    if (why !== null) {
      refused.push({ row: newcomer.row, why });
      continue;
    }
    added.push(newcomer);
    ids.add(newcomer.item.id);
    room.set(newcomer.sectionId, (room.get(newcomer.sectionId) ?? 0) - 1);
    // With the comma before it.
    bytes += bytesOf(newcomer.item) + 1;
  }
  const bySection = Map.groupBy(added, ({ sectionId }) => sectionId);
  const sections = draft.sections.map((section) => ({
    ...section,
    items: [...section.items, ...(bySection.get(section.id) ?? []).map(({ item }) => item)],
  }));
  return { draft: { ...draft, sections }, added, refused };
}

function bytesOf(part: Draft | Item): number {
  return encodeUtf8(JSON.stringify(part)).length;
}
