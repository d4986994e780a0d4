import type { EpochMs } from "../integrity/signal.ts";
import type { SystemCommand } from "./command.ts";
import { accept, type Context, type Decision, refuse } from "./decision.ts";
import type { Registered } from "./state.ts";

type Of<Type extends SystemCommand["type"]> = Extract<SystemCommand, { type: Type }>;

/** The largest segment that is taken: 4 s of a busy screen, several times over. */
export const largestSegmentBytes = 8 * 1024 * 1024;

/** [A64] How wrong a page's idea of the server's time may be. */
const clockSlackMs = 5 * 60 * 1000;

/** [A65] A page records a segment each four seconds and at most 35 kB a second: several times that is no recording. */
const most = { segmentsPerSecond: 1, bytesPerSecond: 250_000, secondsMore: 10 * 60 };

/** [A60] Live media is published only after consent, and only while the attempt goes on. */
export function publishMedia(attempt: Registered, { sfuSession, tracks }: Of<"publishMedia">): Decision {
  if (attempt.status === "registered") return refuse("not-consented");
  if (attempt.status === "handed-in" || attempt.status === "terminated") return refuse("handed-in");
  return accept({ type: "mediaPublished", sfuSession, tracks });
}

/**
 * [A61] A segment is stored once: the same bytes again change nothing, other bytes in its place are refused.
 * [A62] It may arrive after hand-in: a recording that waited for the network is evidence too.
 */
export function storeSegment(
  attempt: Registered,
  { segment, storedSha256 }: Of<"storeSegment">,
  { now }: Context,
): Decision {
  if (attempt.status === "registered") return refuse("not-consented");
  if (storedSha256 !== null) return storedSha256 === segment.sha256 ? accept() : refuse("segment-differs");
  if (segment.bytes < 1 || segment.bytes > largestSegmentBytes) return refuse("bad-segment");
  if (segment.endsAt < segment.startsAt) return refuse("bad-segment");
  const { at: consentedAt } = attempt.consent;
  if (segment.startsAt < consentedAt - clockSlackMs || segment.endsAt > now + clockSlackMs)
    return refuse("bad-segment");
  const { segments, bytes } = attempt.file.recorded[segment.track];
  const seconds = (recordableUntil(attempt, now) - consentedAt) / 1000 + most.secondsMore;
  const isTooMuch =
    segments + 1 > seconds * most.segmentsPerSecond || bytes + segment.bytes > seconds * most.bytesPerSecond;
  return isTooMuch ? refuse("too-much-recording") : accept({ type: "segmentStored", segment });
}

function recordableUntil(attempt: Registered, now: EpochMs): EpochMs {
  return attempt.status === "handed-in" || attempt.status === "terminated" ? attempt.at : now;
}
