import type { Context } from "hono";
import { accepts } from "hono/accepts";
import { type Column, csvHead, csvRows } from "#protocol/http/csv.ts";
import { loggedBody } from "./logging-faults.ts";
import { askedIn } from "./problem.ts";

/** How many rows are read at a time to be written out. */
export const rowsPerRead = 500;

/** Whether the asker would have `text/csv` rather than JSON (RFC 9110, section 12.5.1). */
export function asksForCsv(c: Context): boolean {
  c.header("vary", "Accept", { append: true });
  const supports = ["application/json", "text/csv"];
  return accepts(c, { header: "Accept", supports, default: "application/json" }) === "text/csv";
}

type Part<Row, Cursor> = { readonly rows: readonly Row[]; readonly next: Cursor | null };

/**
 * The whole list as a file of this name, written as it is read: `read` gives what follows a cursor, at first what there is.
 * The front door enters that it was downloaded, before any of it leaves. [L4]
 */
export function csvAnswer<Row, Cursor>(
  c: Context,
  name: string,
  columns: readonly Column<Row>[],
  read: (after: Cursor | undefined) => Promise<Part<Row, Cursor>>,
): Response {
  c.set("downloadedList", name);
  async function* parts(): AsyncGenerator<string> {
    yield csvHead(columns);
    for (let after: Cursor | null | undefined; after !== null;) {
      const { rows, next }: Part<Row, Cursor> = await read(after);
      yield csvRows(columns, rows);
      after = next;
    }
  }
  return c.body(loggedBody(askedIn(c), parts()), 200, {
    "content-type": "text/csv; charset=utf-8",
    "content-disposition": `attachment; filename="${name}.csv"`,
    "cache-control": "no-store",
  });
}
