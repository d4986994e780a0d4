import type { AttemptClass } from "#domain/retention/data-class.ts";
import type { Deletion } from "#protocol/http/retention.ts";
import { count } from "../ui/format-duration.ts";
import { formatDay } from "../ui/format-moment.ts";

/** What was deleted, as the reviewer calls it. */
export const deletedWords: Readonly<Record<AttemptClass, string>> = {
  recordings: "recordings",
  snapshots: "pictures of violations",
  identity: "identity pictures",
  answers: "answers and what happened",
  results: "results and names",
};

/** When it was deleted and by which rule, as the end of a sentence. [D13] */
export function deletionWords({ of, at, rule, days }: Deletion): string {
  const on = `deleted on ${formatDay(at)}`;
  if (rule === "erasure") return `${on}, because the person asked for it`;
  if (days === null) return `${on}: the time for which your institution keeps ${deletedWords[of]} was over`;
  return `${on} after ${count(days, "day")}, as your institution keeps ${deletedWords[of]}`;
}
