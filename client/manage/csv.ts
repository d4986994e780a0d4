type Cell = string | number | null;

/**
 * Rows as CSV (RFC 4180), with a byte order mark, without which Excel takes UTF-8 for something else. A text that begins
 * like a formula is put behind an apostrophe: a candidate's name must not be calculated by whoever opens the file (OWASP,
 * CSV injection).
 */
export function csvOf(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return `\uFEFF${[head, ...rows].map((row) => `${row.map(cellText).join(",")}\r\n`).join("")}`;
}

function cellText(cell: Cell): string {
  if (cell === null) return "";
  if (typeof cell === "number") return String(cell);
  const text = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
