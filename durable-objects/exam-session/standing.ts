import type { Attempt } from "#domain/attempt/state.ts";
import type { Standing } from "#protocol/session/rpc.ts";

/** Whether a browser may come in: until somebody consents any may, from then on the one that did. [A5] */
export function standingOf(attempt: Attempt | undefined, browser: string): Standing {
  if (attempt === undefined || attempt.status === "unregistered") return "unknown";
  if (attempt.status === "registered" || attempt.consent.browser === browser) return "welcome";
  return "another-browser";
}
