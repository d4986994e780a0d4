import * as v from "valibot";
import { newCandidateSchema } from "#protocol/http/registration.ts";

export type NewCandidate = { readonly name: string; readonly email: string | null };

/** What a pasted list means, line by line. `line` counts from 1, empty lines too, so that it can be found in the field. */
export type CandidateLines = {
  readonly candidates: readonly NewCandidate[];
  readonly faults: readonly { readonly line: number; readonly text: string }[];
};

/**
 * Reads `name, email` per line; the address may be left out. Also takes what is copied from a spreadsheet (tabs) and
 * semicolons. The last field is the address when there is an @ in it, so a name may hold a comma: `Lovelace, Ada`.
 */
export function parseCandidateLines(text: string): CandidateLines {
  const candidates: NewCandidate[] = [];
  const faults: { line: number; text: string }[] = [];
  const emails = new Map<string, number>();
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const line = index + 1;
    if (raw.trim() === "") continue;
    const candidate = candidateOf(raw);
    const before = candidate.email === null ? undefined : emails.get(candidate.email.toLowerCase());
    const fault = faultOf(candidate, before);
    if (fault === null) candidates.push(candidate);
    else faults.push({ line, text: fault });
    if (candidate.email !== null && before === undefined) emails.set(candidate.email.toLowerCase(), line);
  }
  return { candidates, faults };
}

function candidateOf(line: string): NewCandidate {
  const fields = line.split(/[\t;]|,(?=[^,]*$)/).map((field) => field.trim());
  const last = fields.at(-1) ?? "";
  if (fields.length > 1 && last.includes("@"))
    return { name: fields.slice(0, -1).filter(Boolean).join(" "), email: last };
  if (fields.length > 1 && last === "") return { name: fields.slice(0, -1).filter(Boolean).join(" "), email: null };
  return { name: line.trim(), email: null };
}

function faultOf({ name, email }: NewCandidate, sameEmailAt: number | undefined): string | null {
  if (name === "" || (email === null && name.includes("@"))) return "Write the name before the address: name, email.";
  if (!v.is(newCandidateSchema.entries.name, name)) return "The name is longer than 200 characters.";
  if (!v.is(newCandidateSchema.entries.email, email)) return "The email address is not complete.";
  if (sameEmailAt !== undefined) return `The same address stands in line ${sameEmailAt}.`;
  return null;
}
