import Papa from "papaparse";
import { asWritten } from "#protocol/http/csv.ts";
import { mostRows } from "#protocol/http/field.ts";

/** What stands in a row, by its column's name in lower case; empty cells are left out. */
export type Cells = Readonly<Record<string, string>>;

/** `row` counts from 1 under the header, empty lines too, so that it is found in a spreadsheet one line further down. */
export type CsvRow = { readonly row: number } & ({ readonly cells: Cells } | { readonly detail: string });

/** With the header, and with as many empty lines as there may be rows. */
const mostLines = 1 + 2 * mostRows;

/**
 * Reads a CSV (RFC 4180) by its header; columns of other names are passed over. Cells are parted as those of the header are: by
 * commas, or as spreadsheets write it elsewhere, by semicolons or tabs. A text as answer: why it cannot be read at all. Null:
 * there are more lines than any rows that are taken at a time.
 */
export function readCsv(text: string, needed: readonly string[]): readonly CsvRow[] | string | null {
  if (text.includes("\uFFFD")) return "The file is not UTF-8.";
  if (hasLongBlank(text)) return "There are 1,000 blanks or more one after another.";
  const [firstLine = ""] = text.split(/[\r\n]/, 1);
  const delimiter = [",", ";", "\t"].find((sign) => firstLine.includes(sign)) ?? ",";
  const { data, errors } = Papa.parse<readonly string[]>(text, { delimiter, preview: mostLines + 1 });
  const [head = [], ...lines] = data;
  const names = head.map((name) => name.trim().toLowerCase());
  const missing = needed.filter((name) => !names.includes(name));
  if (missing.length > 0) return `The first row names the columns. Not among them: ${missing.join(", ")}.`;
  const repeated = needed.filter((name) => names.indexOf(name) !== names.lastIndexOf(name));
  if (repeated.length > 0) return `The first row names a column twice: ${repeated.join(", ")}.`;
  if (data.length > mostLines) return null;
  const broken = new Set(errors.map(({ row }) => row));
  return lines.flatMap((line, at): CsvRow[] => {
    if (line.every((cell) => cell.trim() === "")) return [];
    const row = at + 1;
    if (broken.has(row)) return [{ row, detail: "A quotation mark is missing or one too many." }];
    if (line.length > names.length) return [{ row, detail: "There are more cells than the first row names." }];
    const filled = line.map((cell, column) => [names[column] ?? "", asWritten(cell.trim())] as const);
    return [{ row, cells: Object.fromEntries(filled.filter(([, cell]) => cell !== "")) }];
  });
}

/** Runs of blanks, as a program sees them that takes one line break for the end of a row, the other for a blank. */
const besidesLineFeeds = /(?<![^\S\n])[^\S\n]{1000}/;
const besidesReturns = /(?<![^\S\r])[^\S\r]{1000}/;

/** `papaparse` goes through a run of blanks again at every quotation mark before it in its cell. */
function hasLongBlank(text: string): boolean {
  if (!text.includes("\r")) return besidesLineFeeds.test(text);
  return besidesReturns.test(text) || (text.includes("\n") && besidesLineFeeds.test(text));
}
