import { expect, test } from "vitest";
import { addItem, emptyDraft, newItem } from "#client/manage/draft-edit.ts";
import { messagesWithin, publishingMessages, savingMessages } from "#client/manage/draft-messages.ts";
import type { Item } from "#domain/exam/item.ts";
import { brand, type ItemId, type SectionId } from "#domain/exam/ids.ts";

const one = brand<SectionId>("one");
const empty = emptyDraft("Navigation", () => one);
const good: Item = {
  kind: "single-choice",
  id: brand<ItemId>("q"),
  prompt: "Which way is north?",
  points: 1,
  category: null,
  options: [
    { id: "a", text: "Up" },
    { id: "b", text: "Down" },
  ],
  key: "a",
};

test("a good draft has nothing to be said about", () => {
  expect([...publishingMessages(addItem(empty, one, good))]).toEqual([]);
});

test("a draft without questions can be saved and not published", () => {
  expect([...savingMessages(empty)]).toEqual([]);
  expect([...publishingMessages(empty).keys()]).toEqual(["sections", "sections[0].items"]);
});

test.each([
  ["single-choice", ["prompt", "options[0].text", "options[1].text"]],
  ["multiple-choice", ["prompt", "options[0].text", "options[1].text", "key"]],
  ["number", ["prompt", "key.value"]],
  ["short-text", ["prompt", "key.accepted"]],
] as const)("a new %s question says beside which fields something is missing", (kind, paths) => {
  const draft = addItem(
    empty,
    one,
    newItem(kind, () => "q"),
  );
  expect([...messagesWithin(savingMessages(draft), "sections[0].items[0]").keys()]).toEqual(paths);
});

test("a single choice without a key is told so before it is published", () => {
  const draft = addItem(empty, one, { ...good, key: "" });
  expect([...publishingMessages(draft)]).toEqual([["sections[0].items[0].key", "Mark what is right."]]);
});

test("no field of the schema is left without words of its own", () => {
  const broken = {
    ...empty,
    title: "",
    instructions: "x".repeat(8001),
    durationMs: Number.NaN,
    sections: [{ id: one, title: "", items: [{ ...good, points: 0, category: "x".repeat(101), options: [] }] }],
  };
  const texts = [...savingMessages(broken).values()];
  expect(texts).toHaveLength(7);
  expect(texts).not.toContain("Check this field.");
});
