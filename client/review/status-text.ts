import { statusWords } from "../proctor/possible.ts";

const statuses = [
  "registered",
  "consented",
  "checked",
  "waiting",
  "denied",
  "admitted",
  "open",
  "paused",
  "handed-in",
  "terminated",
] as const;

/** A status as the API answers it, in words. One that is newer than this page stands for itself. */
export function statusText(status: string): string {
  const known = statuses.find((one) => one === status);
  return known === undefined ? status : statusWords(known);
}
