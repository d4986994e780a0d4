import type { Segment } from "#domain/attempt/command.ts";
import { picturesIn } from "#domain/attempt/identity.ts";
import type { LiveMedia } from "#domain/attempt/state.ts";
import type { AttemptId } from "#domain/exam/ids.ts";
import type { Pictures, SessionRecord, SignedLog } from "#protocol/session/rpc.ts";
import type { ErasedLogs } from "./erased-logs.ts";
import type { EventLog, Loaded } from "./event-log.ts";
import { liveMediaOf } from "./live-media.ts";
import type { SegmentIndex, SegmentPlace } from "./segment-index.ts";

type Sources = {
  readonly attempts: ReadonlyMap<AttemptId, Loaded>;
  readonly events: EventLog;
  readonly segmentIndex: SegmentIndex;
  readonly checkpointOf: (attemptId: AttemptId, loaded: Pick<Loaded, "frontier">) => string;
  readonly erasedLog: ErasedLogs["erasedLog"];
};

/** What the Worker may read of the session without changing anything. */
export function createArchive({ attempts, events, segmentIndex, checkpointOf, erasedLog }: Sources) {
  return {
    liveMedia: (attemptIds: readonly AttemptId[]): Readonly<Record<AttemptId, LiveMedia>> =>
      liveMediaOf(attempts, attemptIds),

    storedHashes: (attemptId: AttemptId, places: readonly SegmentPlace[]): readonly (string | null)[] =>
      places.map((place) => segmentIndex.hashAt(attemptId, place)),

    segments: (attemptId: AttemptId): readonly Segment[] => segmentIndex.of(attemptId),

    pictures(attemptId: AttemptId): Pictures {
      const attempt = attempts.get(attemptId)?.attempt;
      if (attempt === undefined || attempt.status === "unregistered") return { stills: [], identity: [] };
      const { file } = attempt;
      return { stills: file.violations.flatMap(({ stills }) => stills), identity: picturesIn(file) };
    },

    /** The stored texts and not what was parsed from them: their bytes are what is signed. [E24] */
    signedLog(attemptId: AttemptId): SignedLog | null {
      const left = erasedLog(attemptId);
      if (left !== null) {
        const { frontier, ...erased } = left;
        return { texts: [], erased, checkpoint: checkpointOf(attemptId, { frontier }) };
      }
      const loaded = attempts.get(attemptId);
      if (loaded === undefined) return null;
      return { texts: events.textsOf(attemptId), erased: null, checkpoint: checkpointOf(attemptId, loaded) };
    },

    record(attemptId: AttemptId): SessionRecord | null {
      const loaded = attempts.get(attemptId);
      if (loaded === undefined) return null;
      return {
        attempt: loaded.attempt,
        events: events.eventsOf(attemptId),
        segments: segmentIndex.of(attemptId),
        checkpoint: checkpointOf(attemptId, loaded),
      };
    },
  };
}
