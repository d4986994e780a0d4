import { resolver } from "hono-openapi";
import type { Context, MiddlewareHandler } from "hono";
import * as v from "valibot";
import { type CsvFault, type CsvKind, readCsv } from "#protocol/http/csv-rows.ts";
import { mostRows } from "#protocol/http/field.ts";
import type { RowFault } from "#protocol/http/problem.ts";
import type { AppEnv } from "./app-env.ts";
import { documented } from "./documented.ts";
import { problem } from "./problem.ts";
import { pathsOf } from "./validate.ts";

/** Rows of one kind, as one body brings many of them. */
export type RowKind<Row extends v.GenericSchema, Rest extends v.ObjectEntries> = {
  /** Where they stand in a JSON body. */
  readonly field: string;
  readonly row: Row;
  /** What stands beside them there. A CSV has none of it: it has to be good as left out. */
  readonly rest: Rest;
  /** How a CSV says a row, and what the reference tells of its columns. */
  readonly csv: CsvKind & { readonly columns: string };
};

/** A row that is as described, or what is wrong with it. */
export type ReadRow<Value> = { readonly row: number; readonly value: Value } | RowFault;

type Read<Row, Rest> = { readonly rows: readonly ReadRow<Row>[]; readonly rest: Rest };
type Sent = { readonly row: number } & ({ readonly value: unknown } | { readonly detail: string });

/**
 * A body of 1 to 5,000 rows, in JSON or in CSV: `c.req.valid("json")` has each of them, or what is wrong with it. Which of the
 * others to do then is the route's to say.
 */
export function rowsBody<Row extends v.GenericSchema, Rest extends v.ObjectEntries>(kind: RowKind<Row, Rest>) {
  type Valid = Read<v.InferOutput<Row>, v.InferOutput<v.ObjectSchema<Rest, undefined>>>;
  const rest = v.object(kind.rest);
  const handler: MiddlewareHandler<AppEnv, string, { in: { json: unknown }; out: { json: Valid } }> = async (
    c,
    next,
  ) => {
    const sent = await sentIn(c, kind);
    if (sent instanceof Response) return sent;
    const beside = v.safeParse(rest, sent.rest);
    if (!beside.success) return problem(c, "bad-request", `Not as described: ${pathsOf(beside.issues)}.`);
    const rows = sent.rows.map((one) => readRow(kind.row, one));
    c.req.addValidatedData("json", { rows, rest: beside.output });
    return next();
  };
  return documented(handler, { requestBody: { required: true, content: contentOf(kind) } });
}

/** The faults among them. */
export function faultsIn(rows: readonly ReadRow<unknown>[]): readonly RowFault[] {
  return rows.filter((one) => "code" in one);
}

/** Those that are as described. */
export function goodAmong<Value>(rows: readonly ReadRow<Value>[]): readonly { row: number; value: Value }[] {
  return rows.filter((one) => "value" in one);
}

async function sentIn<Row extends v.GenericSchema, Rest extends v.ObjectEntries>(
  c: Context,
  kind: RowKind<Row, Rest>,
): Promise<{ readonly rows: readonly Sent[]; readonly rest: unknown } | Response> {
  const type = c.req.header("content-type") ?? "";
  const isCsv = isCsvType(type);
  if (!isCsv && !/^application\/json\b/i.test(type)) {
    return problem(c, "unsupported-media-type", "The body is neither application/json nor text/csv in UTF-8.");
  }
  const text = await c.req.text();
  const sent = isCsv ? fromCsv(text, kind) : fromJson(text, kind);
  if (typeof sent === "string") return problem(c, "bad-request", sent);
  if (sent.rows.length > 0 && sent.rows.length <= mostRows) return sent;
  return problem(c, "bad-request", rowsTaken(kind.field));
}

function rowsTaken(field: string): string {
  return `${field}: 1 to ${mostRows} rows are taken at a time.`;
}

function isCsvType(type: string): boolean {
  return /^text\/csv\s*(;|$)/i.test(type) && (!/charset/i.test(type) || /charset="?utf-8\b/i.test(type));
}

function fromCsv<Row extends v.GenericSchema, Rest extends v.ObjectEntries>(
  text: string,
  { field, csv }: RowKind<Row, Rest>,
): { readonly rows: readonly Sent[]; readonly rest: unknown } | string {
  const read = readCsv(text, csv.needed);
  if ("kind" in read) return faultWords(read, field);
  const rows = read.rows.map(({ row, cells, detail }) =>
    detail === null ? { row, value: csv.rowOf(cells) } : { row, detail },
  );
  return { rest: {}, rows };
}

function faultWords(fault: CsvFault, field: string): string {
  switch (fault.kind) {
    case "not-utf-8":
      return "The file is not UTF-8.";
    case "long-blank":
      return "There are 1,000 blanks or more one after another.";
    case "too-many":
      return rowsTaken(field);
    case "missing":
      return `The first row names the columns. Not among them: ${fault.columns.join(", ")}.`;
    case "repeated":
      return `The first row names a column twice: ${fault.columns.join(", ")}.`;
  }
}

function fromJson<Row extends v.GenericSchema, Rest extends v.ObjectEntries>(
  text: string,
  { field }: RowKind<Row, Rest>,
): { readonly rows: readonly Sent[]; readonly rest: unknown } | string {
  const body = jsonIn(text);
  const rows = body?.[field];
  if (!Array.isArray(rows)) return `Not as described: ${field}.`;
  return { rest: body, rows: rows.map((value: unknown, at) => ({ row: at + 1, value })) };
}

function jsonIn(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === "object" && body !== null ? (body as Record<string, unknown>) : null;
  } catch {
    // What is no JSON lands here.
    return null;
  }
}

function readRow<Row extends v.GenericSchema>(schema: Row, one: Sent): ReadRow<v.InferOutput<Row>> {
  const { row } = one;
  if ("detail" in one) return { row, code: "bad-request", detail: one.detail };
  const parsed = v.safeParse(schema, one.value);
  if (parsed.success) return { row, value: parsed.output };
  return { row, code: "bad-request", detail: `Not as described: ${pathsOf(parsed.issues)}.` };
}

function contentOf<Row extends v.GenericSchema, Rest extends v.ObjectEntries>(kind: RowKind<Row, Rest>) {
  const { field, row, rest, csv } = kind;
  const rows = v.pipe(v.array(row), v.minLength(1), v.maxLength(mostRows));
  return {
    "application/json": { schema: resolver(v.object({ ...rest, [field]: rows })) },
    "text/csv": { schema: { type: "string", description: csv.columns } },
  };
}
