import * as v from "valibot";
import { csvLine } from "#protocol/http/csv.ts";
import { type Cells, type CsvFault, type CsvKind, readCsv } from "#protocol/http/csv-rows.ts";
import { mostRows } from "#protocol/http/field.ts";
import { issuePath } from "./draft-messages.ts";

/** Rows of one kind, as a person brings them in a file. */
export type FileKind = {
  readonly csv: CsvKind;
  /** What a row must come to. */
  readonly row: v.GenericSchema;
  /** Every column that is read, in their order. `words`: null where the one before tells of it. */
  readonly columns: readonly { readonly name: string; readonly words: string | null }[];
  readonly example: { readonly fileName: string; readonly rows: readonly Cells[] };
  /** What to do about a part of a row, by its path. */
  readonly wordsFor: (path: string) => string;
};

/** `row` counts as the API does: from 1 under the names of the columns. */
type FileRow = { readonly row: number; readonly cells: Cells };
export type GoodRow = FileRow & { readonly value: unknown };
export type RefusedRow = FileRow & { readonly error: string };

/** A file that was read. `names`: of all its columns; `passedOver`: of those that nobody here knows. */
export type RowsFile = {
  readonly names: readonly string[];
  readonly passedOver: readonly string[];
  readonly good: readonly GoodRow[];
  readonly refused: readonly RefusedRow[];
};

export type FileFault = CsvFault | { readonly kind: "empty" | "no-rows" | "too-large" | "unreadable" };

/** Far more than 5,000 rows take. In bytes. */
export const largestFile = 5_000_000;

/** Columns that a list of refused rows has more. Whoever mends it sends it as it is. */
const ofRefused = ["row", "error"];

/** What a file says, and which of its rows would be refused for what they are: nothing is sent for that. */
export function readRows(text: string, kind: FileKind): RowsFile | FileFault {
  if (text.trim() === "") return { kind: "empty" };
  const read = readCsv(text, kind.csv.needed);
  if ("kind" in read) return read;
  if (read.rows.length === 0) return { kind: "no-rows" };
  if (read.rows.length > mostRows) return { kind: "too-many" };
  const names = [...new Set(read.names)].filter((name) => name !== "" && !ofRefused.includes(name));
  const known = new Set(kind.columns.map(({ name }) => name));
  const good: GoodRow[] = [];
  const refused: RefusedRow[] = [];
  for (const { row, cells, detail } of read.rows) {
    const parsed = v.safeParse(kind.row, kind.csv.rowOf(cells));
    if (detail !== null) refused.push({ row, cells, error: detail });
    else if (parsed.success) good.push({ row, cells, value: parsed.output });
    else refused.push({ row, cells, error: wordsOf(parsed.issues, kind) });
  }
  return { names, passedOver: names.filter((name) => !known.has(name)), good, refused };
}

function wordsOf(issues: readonly v.BaseIssue<unknown>[], { wordsFor }: FileKind): string {
  return [...new Set(issues.map((issue) => wordsFor(issuePath(issue))))].join(" ");
}

/** What to do about a file that cannot be read. */
export function faultWords(
  fault: FileFault,
  { csv }: Pick<FileKind, "csv">,
): { readonly title: string; readonly whatToDo: string } {
  switch (fault.kind) {
    case "empty":
      return { title: "There is nothing in it", whatToDo: "Choose another file, or fill the example in." };
    case "no-rows":
      return {
        title: "There are only the names of the columns",
        whatToDo: "Write the rows below them, and choose the file again.",
      };
    case "too-large":
      return { title: "The file is larger than 5 MB", whatToDo: inParts };
    case "too-many":
      return { title: `There are more than ${mostRows.toLocaleString("en")} rows`, whatToDo: inParts };
    case "unreadable":
      return {
        title: "The file could not be opened",
        whatToDo: "Look whether it is still there, and choose it again.",
      };
    case "not-utf-8":
      return {
        title: "The file is not a CSV in UTF-8",
        whatToDo:
          "In Excel, choose “Save as” and there “CSV UTF-8”; in other programs, “CSV” with the character set UTF-8. A workbook (.xlsx) has to be saved so too.",
      };
    case "long-blank":
      return {
        title: "There are 1,000 blanks or more one after another",
        whatToDo: "Look for a cell that has nothing but blanks, and empty it.",
      };
    case "missing":
      return {
        title: `The first row names no column ${fault.columns.join(", ")}`,
        whatToDo: `Write into the first row what stands in each column: ${csv.needed.join(", ")}. The example shows how.`,
      };
    case "repeated":
      return {
        title: `Two columns have one name: ${fault.columns.join(", ")}`,
        whatToDo: "Give one of them another name, or take it out.",
      };
  }
}

const inParts = "Part it into several files, each with the names of the columns in its first row.";

/** The example: the columns, and some rows. */
export function exampleText({ columns, example }: FileKind): string {
  const isUsed = (name: string) => example.rows.some((cells) => cells[name] !== undefined);
  const names = columns.filter(({ name, words }) => words !== null || isUsed(name)).map(({ name }) => name);
  return tableText(names, example.rows);
}

/** Refused rows with all that the file said of them, to be mended and sent again. */
export function refusedText(names: readonly string[], refused: readonly RefusedRow[]): string {
  const rows = refused.map(({ row, cells, error }) => ({ ...cells, row: String(row), error }));
  return tableText([...names, ...ofRefused], rows);
}

function tableText(names: readonly string[], rows: readonly Cells[]): string {
  return [csvLine(names), ...rows.map((cells) => csvLine(names.map((name) => cells[name] ?? null)))].join("");
}
