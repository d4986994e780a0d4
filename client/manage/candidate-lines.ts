import * as v from "valibot";
import { type Region, regions } from "#domain/exam/rooms.ts";
import { readCsv } from "#protocol/http/csv-rows.ts";
import { candidateRows, newCandidateSchema } from "#protocol/http/registration.ts";
import { faultWords } from "./rows-file.ts";

/** `region`: null where the list says none. */
export type NewCandidate = {
  readonly name: string;
  readonly email: string | null;
  readonly region: Region | null;
};

/** What a list means, line by line. `line` counts from 1, empty lines too, so that it can be found in the field. */
export type CandidateLines = {
  readonly candidates: readonly NewCandidate[];
  readonly faults: readonly { readonly line: number; readonly text: string }[];
};

/** As a line says it: its region may be none that there is. */
type Written = Omit<NewCandidate, "region"> & { readonly region: string | null };
type Line = { readonly line: number } & ({ readonly written: Written } | { readonly text: string });

/**
 * Reads a CSV whose first row names the columns, `name` among them, as the API does; else `name, email` per line, of which the
 * address may be left out. An address stands once.
 */
export function parseCandidates(text: string): CandidateLines {
  const candidates: NewCandidate[] = [];
  const faults: { line: number; text: string }[] = [];
  const emails = new Map<string, number>();
  for (const one of linesOf(text)) {
    const { line } = one;
    if ("text" in one) {
      faults.push(one);
      continue;
    }
    const { name, email, region } = one.written;
    const before = email === null ? undefined : emails.get(email.toLowerCase());
    const fault = faultOf(one.written, before);
    if (fault === null) candidates.push({ name, email, region: regions.find((known) => known === region) ?? null });
    else faults.push({ line, text: fault });
    if (email !== null && before === undefined) emails.set(email.toLowerCase(), line);
  }
  return { candidates, faults };
}

function linesOf(text: string): readonly Line[] {
  const read = readCsv(text, candidateRows.needed);
  if (!("kind" in read)) {
    return read.rows.map(({ row, cells, detail }) => {
      const { name = "", email = null, region = null } = cells;
      // The first line names the columns.
      return detail === null ? { line: row + 1, written: { name, email, region } } : { line: row + 1, text: detail };
    });
  }
  if (read.kind !== "missing") {
    const { title, whatToDo } = faultWords(read, { csv: candidateRows });
    return [{ line: 1, text: `${title}. ${whatToDo}` }];
  }
  return text
    .split(/\r?\n/)
    .flatMap((raw, index) => (raw.trim() === "" ? [] : [{ line: index + 1, written: writtenIn(raw) }]));
}

/**
 * Also takes what is copied from a spreadsheet (tabs) and semicolons. The last field is the address when there is an @ in it,
 * so a name may hold a comma: `Lovelace, Ada`.
 */
function writtenIn(line: string): Written {
  const fields = line.split(/[\t;]|,(?=[^,]*$)/).map((field) => field.trim());
  const last = fields.at(-1) ?? "";
  const name = fields.slice(0, -1).filter(Boolean).join(" ");
  if (fields.length > 1 && last.includes("@")) return { name, email: last, region: null };
  if (fields.length > 1 && last === "") return { name, email: null, region: null };
  return { name: line.trim(), email: null, region: null };
}

function faultOf({ name, email, region }: Written, sameEmailAt: number | undefined): string | null {
  if (name === "" || (email === null && name.includes("@"))) return "Write the name before the address: name, email.";
  if (!v.is(newCandidateSchema.entries.name, name)) return "The name is longer than 200 characters.";
  if (!v.is(newCandidateSchema.entries.email, email)) return "The email address is not complete.";
  if (!v.is(newCandidateSchema.entries.region, region))
    return `Write one of these as the region: ${regions.join(", ")}.`;
  if (sameEmailAt !== undefined) return `The same address stands in line ${sameEmailAt}.`;
  return null;
}
