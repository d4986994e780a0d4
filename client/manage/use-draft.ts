import { useState } from "react";
import type { Draft } from "#domain/exam/draft-fault.ts";
import type { Section } from "#domain/exam/exam-version.ts";
import type { Item, ItemKind } from "#domain/exam/item.ts";
import type { ItemId } from "#domain/exam/ids.ts";
import { announce } from "../ui/announcer.tsx";
import {
  addItem,
  changeSection,
  duplicateItem,
  moveItem,
  moveSection,
  newItem,
  putBack,
  type Removed,
  removeItem,
  removeSection,
  replaceItem,
  withLimit,
} from "./draft-edit.ts";
import type { ItemActions } from "./item-card.tsx";
import type { SectionActions } from "./section-card.tsx";

const newId = () => crypto.randomUUID();

/** A moved row is another place in the page: without this the focus would be lost with it. */
function focusLater(id: string): void {
  requestAnimationFrame(() => document.getElementById(id)?.focus());
}

/** The draft while it is edited: what was removed last can be put back. */
export function useDraft(initial: Draft) {
  const [draft, setDraft] = useState(initial);
  const [removed, setRemoved] = useState<Removed | null>(null);
  const [openItems, setOpenItems] = useState<ReadonlySet<ItemId>>(new Set());

  const itemActions: ItemActions = {
    onChange: (item: Item) => setDraft((before) => replaceItem(before, item)),
    onMove(item, by) {
      setDraft((before) => moveItem(before, item.id, by));
      focusLater(`${by === -1 ? "up" : "down"}-${item.id}`);
      announce(`Moved ${by === -1 ? "up" : "down"}.`);
    },
    onDuplicate(item) {
      setDraft((before) => duplicateItem(before, item.id, newId));
      announce("Copied. The copy stands below.");
    },
    onRemove(item) {
      const after = removeItem(draft, item.id);
      setDraft(after.draft);
      setRemoved(after.removed);
      focusLater("undo-removal");
    },
    onToggle(item) {
      setOpenItems((before) =>
        before.has(item.id) ? new Set([...before].filter((id) => id !== item.id)) : new Set([...before, item.id]),
      );
    },
  };

  const sectionActions: SectionActions = {
    onRename: (section, title) => setDraft((before) => changeSection(before, section.id, (one) => ({ ...one, title }))),
    onLimit: (section, minutes) =>
      setDraft((before) => changeSection(before, section.id, (one) => withLimit(one, minutes))),
    onMove: (section, by) => setDraft((before) => moveSection(before, section.id, by)),
    onRemove(section) {
      const after = removeSection(draft, section.id);
      setDraft(after.draft);
      setRemoved(after.removed);
      focusLater("undo-removal");
    },
    onAdd(section: Section, kind: ItemKind) {
      const item = newItem(kind, newId);
      setDraft((before) => addItem(before, section.id, item));
      setOpenItems((before) => new Set([...before, item.id]));
      requestAnimationFrame(() => document.querySelector<HTMLElement>(`#item-${item.id} textarea`)?.focus());
    },
  };

  return {
    draft,
    setDraft,
    removed,
    openItems,
    itemActions,
    sectionActions,
    addSection() {
      const section: Section = {
        id: newId() as Section["id"],
        title: `Section ${draft.sections.length + 1}`,
        items: [],
      };
      setDraft((before) => ({ ...before, sections: [...before.sections, section] }));
    },
    undoRemoval() {
      if (removed !== null) setDraft((before) => putBack(before, removed));
      setRemoved(null);
    },
    openAll(ids: readonly ItemId[]) {
      setOpenItems((before) => new Set([...before, ...ids]));
    },
  };
}
