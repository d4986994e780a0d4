import Papa from "papaparse";
import { asWritten } from "./csv.ts";
import { mostRows } from "./field.ts";

/** What stands in a row, by its column's name in lower case; empty cells are left out. */
export type Cells = Readonly<Record<string, string>>;

/** How a CSV says rows of one kind: the columns that it needs, and what the cells of a row come to. */
export type CsvKind = { readonly needed: readonly string[]; readonly rowOf: (cells: Cells) => unknown };

/** `row` counts from 1 under the header, empty lines too, so that it is found in a spreadsheet one line further down. */
export type CsvRow = {
  readonly row: number;
  readonly cells: Cells;
  /** Why it cannot be read: then `cells` is what could be made of it. */
  readonly detail: string | null;
};

/** Why a text cannot be read at all. `too-many`: there are more lines than any rows that are taken at a time. */
export type CsvFault =
  | { readonly kind: "not-utf-8" | "long-blank" | "too-many" }
  | { readonly kind: "missing" | "repeated"; readonly columns: readonly string[] };

/** `names`: those of all columns, in lower case. */
export type ReadCsv = { readonly names: readonly string[]; readonly rows: readonly CsvRow[] };

/** With the header, and with as many empty lines as there may be rows. */
const mostLines = 1 + 2 * mostRows;

/**
 * Reads a CSV (RFC 4180) by its header. Cells are parted as those of the header are: by commas, or as spreadsheets write it
 * elsewhere, by semicolons or tabs.
 */
export function readCsv(text: string, needed: readonly string[]): ReadCsv | CsvFault {
  if (text.includes("\uFFFD")) return { kind: "not-utf-8" };
  if (hasLongBlank(text)) return { kind: "long-blank" };
  const [firstLine = ""] = text.split(/[\r\n]/, 1);
  const delimiter = [",", ";", "\t"].find((sign) => firstLine.includes(sign)) ?? ",";
  const { data, errors } = Papa.parse(text, { delimiter, preview: mostLines + 1 });
  const [head = [], ...lines] = data;
  const names = head.map((name) => name.trim().toLowerCase());
  const missing = needed.filter((name) => !names.includes(name));
  if (missing.length > 0) return { kind: "missing", columns: missing };
  const repeated = needed.filter((name) => names.indexOf(name) !== names.lastIndexOf(name));
  if (repeated.length > 0) return { kind: "repeated", columns: repeated };
  if (data.length > mostLines) return { kind: "too-many" };
  const broken = new Set(errors.map(({ row }) => row));
  const rows = lines.flatMap((line, at): CsvRow[] => {
    if (line.every((cell) => cell.trim() === "")) return [];
    const row = at + 1;
    const filled = line.map((cell, column) => [names[column] ?? "", asWritten(cell.trim())] as const);
    const cells = Object.fromEntries(filled.filter(([name, cell]) => name !== "" && cell !== ""));
    if (broken.has(row)) return [{ row, cells, detail: "A quotation mark is missing or one too many." }];
    const hasMore = line.length > names.length;
    return [{ row, cells, detail: hasMore ? "There are more cells than the first row names." : null }];
  });
  return { names, rows };
}

/** Runs of blanks, as a program sees them that takes one line break for the end of a row, the other for a blank. */
const besidesLineFeeds = /(?<![^\S\n])[^\S\n]{1000}/;
const besidesReturns = /(?<![^\S\r])[^\S\r]{1000}/;

/** `papaparse` goes through a run of blanks again at every quotation mark before it in its cell. */
function hasLongBlank(text: string): boolean {
  if (!text.includes("\r")) return besidesLineFeeds.test(text);
  return besidesReturns.test(text) || (text.includes("\n") && besidesLineFeeds.test(text));
}
