import * as v from "valibot";
import { itemFaults } from "#domain/exam/draft-fault.ts";
import type { ItemId } from "#domain/exam/ids.ts";
import { newItemSchema } from "#protocol/http/exam.ts";
import type { Cells } from "#protocol/http/csv-rows.ts";
import { itemRows, mostOptions } from "#protocol/http/item-rows.ts";
import type { RowFault } from "#protocol/http/problem.ts";
import { messageFor } from "./draft-messages.ts";
import { itemKinds } from "./item-kind-words.ts";
import type { FileKind } from "./rows-file.ts";

/** A section as its author knows it. */
export type NamedSection = { readonly id: string; readonly title: string };

/** As the API takes it, and as it could be published: whoever brings a file is told of both before anything is sent. */
const publishable = v.pipe(
  newItemSchema,
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    const { section: _, id = "new" as ItemId, ...item } = dataset.value;
    for (const { path: key, reason: message } of itemFaults({ ...item, id })) {
      addIssue({ message, path: [{ type: "unknown", origin: "value", input: item, key, value: null }] });
    }
  }),
);

/** How a file says questions of an exam with these sections, of which there is one at least. */
export function itemsFile(sections: readonly NamedSection[]): FileKind {
  const [first] = sections;
  const isOne = sections.length === 1;
  const listed = sections.map(({ title }, at) => `${at + 1} is ${title}`).join(", ");
  const options = Array.from({ length: mostOptions - 1 }, (_, at) => ({ name: `option_${at + 2}`, words: null }));
  return {
    csv: {
      needed: itemRows.needed.filter((name) => !isOne || name !== "section"),
      rowOf: (cells) => itemRows.rowOf(inSection(cells, sections)),
    },
    row: publishable,
    columns: [
      {
        name: "section",
        words: `The title of its section, or its number: ${listed}.${isOne ? " May be left out." : ""}`,
      },
      { name: "kind", words: `One of ${itemKinds.join(", ")}.` },
      { name: "prompt", words: "The question." },
      { name: "points", words: "Such as 1 or 2.5." },
      { name: "category", words: "By which results are told apart." },
      { name: "option_1", words: `Of choices: the first option, and so on until option_${mostOptions}.` },
      ...options,
      {
        name: "key",
        words:
          "Of choices, the number of the right option, or several parted by blanks. Of numbers, the right number. Of short texts, the accepted answers, each in a line of its own within the cell.",
      },
      { name: "partial_credit", words: "Of multiple choice: yes or no." },
      { name: "tolerance", words: "Of numbers: how far off an answer may be." },
      { name: "unit", words: "Of numbers." },
      { name: "case_sensitive", words: "Of short texts: yes or no." },
      { name: "id", words: "An id of your own. Left out, each question is given one." },
    ],
    example: { fileName: "questions-example.csv", rows: exampleOf(first?.title ?? "") },
    wordsFor: (path) => wordsFor(path, listed),
  };
}

/** With the id of the section that the cell names. */
function inSection({ section, ...cells }: Cells, sections: readonly NamedSection[]): Cells {
  const found = section === undefined ? sections : sectionsNamed(section, sections);
  const [only] = found;
  return only === undefined || found.length > 1 ? cells : { ...cells, section: only.id };
}

function sectionsNamed(name: string, sections: readonly NamedSection[]): readonly NamedSection[] {
  const titled = sections.filter(({ title }) => title.trim().toLowerCase() === name.toLowerCase());
  if (titled.length > 0) return titled;
  return sections.filter(({ id }, at) => name === id || name === String(at + 1));
}

function exampleOf(section: string): readonly Cells[] {
  return [
    {
      section,
      kind: "single-choice",
      prompt: "Which of these is a prime number?",
      points: "1",
      option_1: "4",
      option_2: "5",
      option_3: "6",
      key: "2",
    },
    {
      section,
      kind: "multiple-choice",
      prompt: "Which of these are even?",
      points: "2",
      option_1: "4",
      option_2: "5",
      option_3: "6",
      key: "1 3",
      partial_credit: "yes",
    },
    {
      section,
      kind: "number",
      prompt: "How fast do things fall?",
      points: "1.5",
      key: "9.81",
      tolerance: "0.01",
      unit: "m/s²",
    },
    {
      section,
      kind: "short-text",
      prompt: "Who wrote the first program?",
      points: "1",
      key: "Lovelace\nAda Lovelace",
      case_sensitive: "no",
    },
  ];
}

function wordsFor(path: string, listed: string): string {
  if (path === "section") return `Write the title or the number of a section: ${listed}.`;
  if (path === "kind") return `Write one of these as its kind: ${itemKinds.join(", ")}.`;
  if (path === "points") return `${messageFor(".points")} Write 2.5, not 2,5.`;
  if (path === "partialCredit" || path === "caseSensitive") return "Write yes or no.";
  if (path === "id") return "Write an id of letters, digits, - and _ alone, at most 64, or none.";
  if (path === "key.value") return "Write the right number as its key, such as 9.81, not 9,81.";
  if (/^key(\[\d+\])?$/.test(path)) return "Write the number of a right option as its key, each once.";
  if (path === "options") return "Fill in from 2 to 20 of option_1, option_2 and so on.";
  return messageFor(`.${path}`);
}

/** What to do about a question that the API refused. */
export function itemFaultWords({ code, detail }: RowFault): string {
  switch (code) {
    case "not-found":
      return "Its section is not in the exam any more. Close this and begin again.";
    case "refused":
      return "A section has 200 questions at most, and this one is full. Take another one.";
    case "conflict":
      return "Another question has this id. Write another one, or none.";
    case "too-large":
      return "The exam is as large as an exam may be.";
    default:
      return detail;
  }
}
