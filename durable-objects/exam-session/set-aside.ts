import * as v from "valibot";
import type { AttemptId } from "#domain/exam/ids.ts";

/** An attempt whose log cannot be folded, by what can still be read of it: whose it is, and in which browser it was. */
export type SetAside = { readonly name: string; readonly browser: string | null };

const said = v.object({ fact: v.object({ name: v.optional(v.string()), browser: v.optional(v.string()) }) });
/** What says whose an attempt is. Others name a browser too, which only asked to come in. */
const telling = new Set(["registered", "consentGiven", "browserBound"]);

/** Reads what is readable of a log that is not, in its order. */
export function setAsideOf(attemptId: AttemptId, texts: Iterable<string>): SetAside {
  let found: SetAside = { name: attemptId, browser: null };
  for (const text of texts) {
    const { success, output } = v.safeParse(v.pipe(v.string(), v.parseJson()), text);
    if (!success || !isTelling(output)) continue;
    const read = v.safeParse(said, output);
    if (!read.success) continue;
    const { name = found.name, browser = found.browser } = read.output.fact;
    found = { name, browser };
  }
  return found;
}

function isTelling(event: unknown): boolean {
  const read = v.safeParse(v.object({ fact: v.object({ type: v.string() }) }), event);
  return read.success && telling.has(read.output.fact.type);
}
