import type { LiveMedia } from "#domain/attempt/state.ts";
import type { AttemptId } from "#domain/exam/ids.ts";
import type { Loaded } from "./event-log.ts";

/** What these attempts publish. Left out: who is unknown, has ended, or publishes nothing. */
export function liveMediaOf(
  attempts: ReadonlyMap<AttemptId, Loaded>,
  asked: readonly AttemptId[],
): Readonly<Record<AttemptId, LiveMedia>> {
  const live: Record<AttemptId, LiveMedia> = {};
  for (const attemptId of asked) {
    const attempt = attempts.get(attemptId)?.attempt;
    if (attempt === undefined || attempt.status === "unregistered") continue;
    if (attempt.status === "handed-in" || attempt.status === "terminated") continue;
    if (attempt.file.media !== null) live[attemptId] = attempt.file.media;
  }
  return live;
}
