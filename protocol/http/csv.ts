/*
 * Tables as CSV (RFC 4180), in UTF-8: the first row names the columns, and these names stay as they are. `worker/csv-rows.ts`
 * reads what comes in.
 */
type Cell = string | number | boolean | null;

/** One column: its name, and what a row has there; `ids`: an id of ours, or some with blanks between. */
export type Column<Row> = readonly [name: string, of: (row: Row) => Cell, kind?: "ids"];

/**
 * What an id can be made of. Nothing of it is calculated though it begin with `-`: a formula that does or fetches something has
 * other signs too. A program that reads the file asks for the id as it stands there.
 */
const ids = /^[A-Za-z0-9_-]+(?: [A-Za-z0-9_-]+)*$/;

/**
 * What a spreadsheet takes for the beginning of a formula (OWASP, CSV injection), full-width signs among them; and apostrophes
 * before such a beginning, so that one more can be taken off again.
 */
const formulaStart = /^'*[=+\-@\t\r\n＝＋－＠]/;

/**
 * Where a spreadsheet that parts cells by semicolons or tabs would begin another one within ours: to it, a quotation mark that
 * follows a comma quotes nothing, and neither is a line break within the cell. What it may drop before a sign stands between.
 */
const innerStart = /([;\t\r\n])(?=["'\p{Zs}]*[=+\-@＝＋－＠])/gu;
const behindApostrophe = /([;\t\r\n])'(?=["'\p{Zs}]*[=+\-@＝＋－＠])/gu;

/** A row of cells with its line break. */
export function csvLine(cells: readonly Cell[]): string {
  return lineOf(cells.map(cellText));
}

/** The row that names the columns. */
export function csvHead<Row>(columns: readonly Column<Row>[]): string {
  return csvLine(columns.map(([name]) => name));
}

/** Rows without the row that names their columns. */
export function csvRows<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  return rows.map((row) => lineOf(columns.map(([, of, kind]) => columnText(of(row), kind)))).join("");
}

function lineOf(texts: readonly string[]): string {
  return `${texts.join(",")}\r\n`;
}

function columnText(cell: Cell, kind: "ids" | undefined): string {
  return kind === "ids" && typeof cell === "string" && ids.test(cell) ? cell : cellText(cell);
}

/**
 * What begins like a formula, the text or what may be taken for a cell within it, is put behind an apostrophe: a candidate's name
 * must not be calculated by whoever opens the file. Quotes are put around whatever some program takes for the end of a cell.
 */
function cellText(cell: Cell): string {
  if (cell === null) return "";
  if (typeof cell !== "string") return String(cell);
  const within = cell.replaceAll(innerStart, "$1'");
  const text = formulaStart.test(cell) ? `'${within}` : within;
  return /[",;\t\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** What a cell said before `cellText` put apostrophes into it: what was given out can be taken in again. */
export function asWritten(text: string): string {
  const behind = text.startsWith("'") && formulaStart.test(text.slice(1)) ? text.slice(1) : text;
  return behind.replaceAll(behindApostrophe, "$1");
}

/** ISO 8601 in UTC, so that it means the same in every program. */
export function isoMoment(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
