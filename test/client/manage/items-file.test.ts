import { expect, test } from "vitest";
import { itemsFile, type NamedSection } from "#client/manage/items-file.ts";
import { exampleText, readRows } from "#client/manage/rows-file.ts";

const one: readonly NamedSection[] = [{ id: "s-one", title: "Sea" }];
const two: readonly NamedSection[] = [...one, { id: "s-two", title: "2 Sky" }];

function read(text: string, sections = two) {
  const file = readRows(text, itemsFile(sections));
  if ("kind" in file) throw new Error(file.kind);
  return file;
}

const head = "section,kind,prompt,points,key,option_1,option_2,partial_credit";

test("the example has a question of every kind, and is read without a fault", () => {
  for (const sections of [one, two]) {
    const { good, refused } = read(exampleText(itemsFile(sections)), sections);
    expect(refused).toEqual([]);
    expect(good.map(({ value }) => value)).toMatchObject([
      { section: "s-one", kind: "single-choice", key: "2", options: [{ text: "4" }, { text: "5" }, { text: "6" }] },
      { section: "s-one", kind: "multiple-choice", key: ["1", "3"], partialCredit: true },
      { section: "s-one", kind: "number", key: { value: 9.81, tolerance: 0.01 } },
      { section: "s-one", kind: "short-text", key: { accepted: ["Lovelace", "Ada Lovelace"] } },
    ]);
  }
});

test("a section is named by its title, its number or its id", () => {
  const rows = ["sea", "1", "s-one", "2 sky", "2"].map((name) => `${name},number,?,1,1,,,`);
  const { good } = read([head, ...rows].join("\n"));
  expect(good.map(({ value }) => (value as { section: string }).section)).toEqual([
    "s-one",
    "s-one",
    "s-one",
    "s-two",
    "s-two",
  ]);
});

test("where there is one section, nobody has to name it", () => {
  expect(read("kind,prompt,points,key\nnumber,?,1,1", one).good).toHaveLength(1);
  expect(readRows("kind,prompt,points,key\nnumber,?,1,1", itemsFile(two))).toEqual({
    kind: "missing",
    columns: ["section"],
  });
});

test("a title that two sections have names none", () => {
  const { refused } = read(`${head}\nSea,number,?,1,1,,,`, [...one, { id: "s-two", title: "Sea" }]);
  expect(refused[0]?.error).toContain("title or the number of a section");
});

test.each([
  ["land,number,?,1,1,,,", "Write the title or the number of a section: 1 is Sea, 2 is 2 Sky."],
  ["Sea,essay,?,1,1,,,", "Write one of these as its kind: single-choice, multiple-choice, number, short-text."],
  ["Sea,number,,1,1,,,", "Write the question, at most 8,000 characters."],
  ['Sea,number,?,"2,5",1,,,', "Enter points from 0.01 to 1,000, with at most two decimals. Write 2.5, not 2,5."],
  ["Sea,number,?,0.125,1,,,", "Enter points from 0.01 to 1,000, with at most two decimals. Write 2.5, not 2,5."],
  ["Sea,number,?,1,many,,,", "Write the right number as its key, such as 9.81, not 9,81."],
  ["Sea,single-choice,?,1,3,A,B,", "Write the number of a right option as its key, each once."],
  ["Sea,multiple-choice,?,1,1 1,A,B,", "Write the number of a right option as its key, each once."],
  ["Sea,single-choice,?,1,1,A,,", "Fill in from 2 to 20 of option_1, option_2 and so on."],
  ["Sea,multiple-choice,?,1,1,A,B,perhaps", "Write yes or no."],
])("%s is told with what to do", (row, words) => {
  const { refused } = read(`${head}\n${row}`);
  expect(refused.map(({ error }) => error)).toEqual([words]);
});
