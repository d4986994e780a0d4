import { describe, expect, it } from "vitest";
import { type Draft, draftFaults } from "#domain/exam/draft-fault.ts";
import { brand, type ItemId, type SectionId } from "#domain/exam/ids.ts";
import type { Item } from "#domain/exam/item.ts";

const options = [
  { id: "a", text: "A" },
  { id: "b", text: "B" },
];
const common = { prompt: "Which?", points: 1, category: null };
const single: Item = { ...common, kind: "single-choice", id: brand<ItemId>("q1"), options, key: "a" };
const multiple: Item = {
  ...common,
  kind: "multiple-choice",
  id: brand<ItemId>("q2"),
  options,
  key: ["a"],
  partialCredit: false,
};
const number: Item = {
  ...common,
  kind: "number",
  id: brand<ItemId>("q3"),
  unit: null,
  key: { value: 1, tolerance: 0 },
};
const text: Item = {
  ...common,
  kind: "short-text",
  id: brand<ItemId>("q4"),
  key: { accepted: ["yes"], caseSensitive: false },
};

function draftOf(...items: readonly Item[]): Draft {
  const section = { id: brand<SectionId>("s1"), title: "One", items };
  return { title: "T", instructions: "", durationMs: 60_000, policy: "standard", sections: [section] };
}

function pathsOf(draft: Draft): readonly string[] {
  return draftFaults(draft).map(({ path }) => path);
}

describe("a draft", () => {
  it("can be published when every key agrees with its item", () => {
    expect(draftFaults(draftOf(single, multiple, number, text))).toEqual([]);
  });

  const twice = [options[0], options[0]].map((option) => ({ id: "a", text: option?.text ?? "" }));
  const faulty: readonly (readonly [string, Draft, readonly string[]])[] = [
    ["it has no section", { ...draftOf(), sections: [] }, ["sections"]],
    ["it has no item", draftOf(), ["sections", "sections[0].items"]],
    ["two items have one id", draftOf(single, { ...multiple, id: single.id }), ["sections[0].items[1].id"]],
    [
      "two sections have one id",
      { ...draftOf(), sections: [...draftOf(single).sections, ...draftOf(multiple).sections] },
      ["sections[1].id"],
    ],
    [
      "two items in different sections have one id",
      {
        ...draftOf(),
        sections: [
          ...draftOf(single).sections,
          { ...draftOf({ ...text, id: single.id }).sections[0]!, id: brand<SectionId>("s2") },
        ],
      },
      ["sections[1].items[0].id"],
    ],
    ["two options have one id", draftOf({ ...single, options: twice }), ["sections[0].items[0].options[1].id"]],
    ["a key is none of the options", draftOf({ ...single, key: "z" }), ["sections[0].items[0].key"]],
    ["no option is right", draftOf({ ...multiple, key: [] }), ["sections[0].items[0].key"]],
    ["one of the keys is no option", draftOf({ ...multiple, key: ["a", "z"] }), ["sections[0].items[0].key[1]"]],
    ["a key is named twice", draftOf({ ...multiple, key: ["a", "a"] }), ["sections[0].items[0].key"]],
    [
      "a tolerance is below 0",
      draftOf({ ...number, key: { value: 1, tolerance: -1 } }),
      ["sections[0].items[0].key.tolerance"],
    ],
    ["points have three decimals", draftOf({ ...text, points: 0.125 }), ["sections[0].items[0].points"]],
  ];
  for (const [reason, draft, paths] of faulty) {
    it(`cannot be published when ${reason}, and the place is named`, () => {
      expect(pathsOf(draft)).toEqual(paths);
    });
  }

  it("may have points that no binary fraction is equal to", () => {
    expect(pathsOf(draftOf({ ...text, points: 0.29 }, { ...single, points: 1.1 }))).toEqual([]);
  });
});
