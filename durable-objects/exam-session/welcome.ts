import type { Registered } from "#domain/attempt/state.ts";
import { candidateView } from "#domain/attempt/view.ts";
import { consentTextOf } from "#domain/exam/consent.ts";
import type { AttemptId } from "#domain/exam/ids.ts";
import type { EpochMs } from "#domain/integrity/signal.ts";
import { type CandidateDown, type ProctorDown } from "#protocol/session/down.ts";
import type { SessionConfig } from "#protocol/session/rpc.ts";
import { protocolVersion } from "#protocol/session/version.ts";
import { tileOf } from "./broadcast.ts";
import type { EventLog, Loaded } from "./event-log.ts";
import { feedEntryOf } from "./feed.ts";

/** Feed entries that a console gets at most when it comes: the rest is in each attempt's record. */
export const feedAtWelcome = 500;

type Welcome<Down> = Extract<Down, { type: "welcome" }>;

export function candidateWelcome(
  { exam }: SessionConfig,
  attemptId: AttemptId,
  attempt: Registered,
  serverNow: EpochMs,
): Welcome<CandidateDown> {
  return {
    type: "welcome",
    protocol: protocolVersion,
    serverNow,
    attemptId,
    examTitle: exam.title,
    instructions: exam.instructions,
    durationMs: exam.durationMs,
    consent: attempt.status === "registered" ? consentTextOf(exam) : null,
    view: candidateView(attempt, exam),
  };
}

/** Every tile, and the feed after the position that the console has already. */
export function proctorWelcome(
  { examSessionId, title, exam }: SessionConfig,
  attempts: ReadonlyMap<AttemptId, Loaded>,
  isOnline: (attemptId: AttemptId) => boolean,
  events: EventLog,
  after: number,
  serverNow: EpochMs,
): Welcome<ProctorDown> {
  const tiles = [...attempts].map(([id, loaded]) => tileOf(id, loaded, isOnline(id), exam));
  const feed = events
    .fedAfter(after, feedAtWelcome)
    .map((each) => feedEntryOf(each, attempts.get(each.attemptId)?.attempt));
  return {
    type: "welcome",
    protocol: protocolVersion,
    serverNow,
    examSessionId,
    title,
    tiles: tiles.filter((tile) => tile !== null),
    feed: feed.filter((entry) => entry !== null),
  };
}
