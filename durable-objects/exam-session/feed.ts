import type { AttemptFact } from "#domain/attempt/event.ts";
import type { Attempt } from "#domain/attempt/state.ts";
import { type FeedEntry, type FeedFact, feedFactTypes } from "#protocol/session/down.ts";
import type { Positioned } from "./event-log.ts";

const fed: ReadonlySet<AttemptFact["type"]> = new Set(feedFactTypes);

/** Whether proctors are told of it as it happens. Of pages that come and go they hear by the connection. */
export function isFed(fact: AttemptFact): fact is FeedFact {
  return fed.has(fact.type) && (fact.type !== "writerChanged" || fact.how === "taken-over");
}

/** The event as the feed shows it, or null when proctors are not told of its kind. `attempt` is the one it belongs to. */
export function feedEntryOf(
  { position, attemptId, event }: Positioned,
  attempt: Attempt | undefined,
): FeedEntry | null {
  const { seq, at, by, fact } = event;
  const name = attempt === undefined || attempt.status === "unregistered" ? "" : attempt.file.name;
  return isFed(fact) ? { position, attemptId, name, seq, at, by, fact } : null;
}
