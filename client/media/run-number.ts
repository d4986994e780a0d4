import type { RecordedTrack } from "#domain/attempt/command.ts";
import type { SegmentPlace } from "./segment-spool.ts";

/**
 * One more than the highest run of a track that the server holds, 0 when it holds none. A browser whose storage was
 * cleared does not know what it has used already, and a number used twice would make new pieces look like forged ones.
 */
export function runAfter(stored: readonly SegmentPlace[], track: RecordedTrack): number {
  return stored.reduce((next, segment) => (segment.track === track ? Math.max(next, segment.run + 1) : next), 0);
}
